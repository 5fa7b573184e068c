package main

import (
	"testing"
	"testing/fstest"
)

// hostile is a corpus that tries to take over the page that shows it.
var hostile = fstest.MapFS{"garden.md": {Data: []byte("---\ntitle: Garden <img src=x onerror=document.title='taken'>\nurl: https://example.org/rules\nlang: en\n---\n\n" +
	"## Opening\n\nThe community garden opened on 4 May 2019 with `<script>document.title='taken'</script>` forty plots and [a trap](javascript:document.title='taken').\n\n" +
	"## Growing\n\nThe garden got twenty more plots in 2021.\n\n" +
	"## Compost\n\nCompost bins stand behind the tool shed.\n\n## Wells\n\nThe well runs low at noon.\n")}}

// TestPage walks through the page as a person with a phone does.
func TestPage(t *testing.T) {
	t.Parallel()
	p := opened(browser(t), t, serving(t, hostile), 390, 844, 1)

	t.Log("a mention is answered, with a citation")
	p.say("when did the community garden open?")
	p.until(`[...(` + last + `?.querySelectorAll("strong") || [])].some(b => b.textContent.includes("4 May 2019"))`)
	p.until(last + `.querySelector("small a")?.href === "https://example.org/rules"`)

	t.Log("what documents hold is text")
	p.until(last + `.textContent.includes("<script>document.title")`)
	p.until(`document.title === "Historian: preview" && document.scripts.length === 1 && !document.querySelector('[onerror], a[href^="javascript"]')`)

	t.Log("the page is as wide as the phone")
	p.until(`document.documentElement.scrollWidth <= 390`)

	t.Log("buttons do what they say")
	p.press("Why this?")
	p.until(last + `.textContent.includes("Only you can see this")`)
	p.press("Dismiss")
	p.until(`!document.querySelector(".mine-only")`)
	p.press("👍")
	p.until(`document.querySelector(".mine-only")`)
	p.press("Dismiss")
	p.until(`!document.querySelector(".mine-only")`)
	p.press("Delete")
	p.until(`!document.querySelector("article.bot")`)

	t.Log("an edited question gets its answer edited")
	p.say("where do the compost bins stand?")
	p.until(last + `?.textContent.includes("behind the tool shed")`)
	p.js(`[...document.querySelectorAll("article.person .menu button")].findLast(b => b.textContent === "Edit").click()`)
	p.js(`text.value = "@historian when does the well run low?"`)
	p.write("\r")
	p.until(last + `?.textContent.includes("noon") && ` + last + `.querySelector(".edited")`)

	t.Log("a private answer can be shared")
	p.write("/gpt ask when did the community garden open? private:true\r")
	p.until(`document.querySelectorAll(".mine-only").length === 1`)
	p.press("Share")
	p.until(`!document.querySelector("article.bot:last-child.mine-only") && ` + last + `.textContent.includes("4 May 2019")`)

	t.Log("unasked, it keeps silent about what the documents lack, and answers the rest")
	p.enter("#ambient")
	p.say("what is the capital of Australia?")
	p.say("where do the compost bins stand?")
	p.until(last + `?.textContent.includes("behind the tool shed")`)
	p.until(`document.querySelectorAll("article.bot").length === 1`)

	t.Log("a command is completed, and answered in the language of the person's Discord")
	p.js(`locale.value = "zh-CN"; locale.dispatchEvent(new Event("change"))`)
	p.enter("@historian")
	p.write("/gpt s")
	p.until(`[...list.children].some(l => l.textContent.startsWith("/gpt 来源") && l.textContent.includes("文档"))`)
	p.write("\t")
	p.until(`text.value === "/gpt 来源 "`)
	p.write("\r")
	p.until(last + `?.textContent.includes("Garden <img")`)
}
