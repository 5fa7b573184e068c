package corpus

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode brings a file to UTF-8: from UTF-8 with or without BOM, UTF-16, or
// GB18030. note says what it was where it wasn't plain UTF-8.
func decode(data []byte) (text, note string, problem *Problem) {
	utf16 := func(e unicode.Endianness) encoding.Encoding { return unicode.UTF16(e, unicode.IgnoreBOM) }
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return convert(data[2:], utf16(unicode.LittleEndian), "UTF-16")
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return convert(data[2:], utf16(unicode.BigEndian), "UTF-16")
	}
	if looksUTF16(data, 1) {
		return convert(data, utf16(unicode.LittleEndian), "UTF-16 without a mark")
	}
	if looksUTF16(data, 0) {
		return convert(data, utf16(unicode.BigEndian), "UTF-16 without a mark")
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", &Problem{What: "is a binary file", Mend: "save it as Markdown, text or HTML, or take it out of the folder"}
	}
	if utf8.Valid(data) {
		return string(data), "", nil
	}
	text, note, problem = convert(data, simplifiedchinese.GB18030, "GB18030")
	if problem != nil || !mostlyHan(text) {
		return "", "", &Problem{Line: invalidLine(data), What: "is neither UTF-8, UTF-16 nor GB18030", Mend: "save it as UTF-8"}
	}
	return text, note, nil
}

func convert(data []byte, e encoding.Encoding, name string) (string, string, *Problem) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", "", &Problem{What: "is broken " + name, Mend: "save it as UTF-8"}
	}
	return string(out), "read as " + name, nil
}

// looksUTF16 tells whether every other byte of the beginning, from offset on,
// is mostly zero, as Latin text is in UTF-16.
func looksUTF16(data []byte, offset int) bool {
	head := data[:min(len(data), 512)]
	if len(head) < 8 || len(data)%2 != 0 {
		return false
	}
	zeros, others := 0, 0
	for i, b := range head {
		if b != 0 {
			continue
		}
		if i%2 == offset {
			zeros++
		} else {
			others++
		}
	}
	return zeros > len(head)/4 && others == 0
}

// mostlyHan tells text that was really Chinese from bytes that decode by chance.
func mostlyHan(text string) bool {
	han, other := 0, 0
	for _, r := range text {
		switch {
		case r >= 0x4e00 && r <= 0x9fff, r >= 0x3000 && r <= 0x303f, r >= 0xff00 && r <= 0xffef:
			han++
		case r >= 0x80:
			other++
		}
	}
	return han > 4*other
}

// invalidLine gives the line of the first byte that is not UTF-8.
func invalidLine(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		data = data[n:]
	}
	return line
}
