package bot

import (
	"strings"

	"github.com/rivo/uniseg"
)

// tableWidth is how many columns of a fixed-width font a phone shows in a code
// block without wrapping.
const tableWidth = 38

// renderTable shows a Markdown table: in aligned columns where it is narrow
// enough for a phone, else as a list, an entry a row, each cell behind the
// heading of its column.
func (w *excerptWriter) renderTable(s string) {
	rows := tableRows(s)
	if len(rows) == 0 {
		w.raw(escape(s))
		return
	}
	widths := columnWidths(rows)
	total := 0
	for _, n := range widths {
		total += n + 2
	}
	if total-2 <= tableWidth {
		var b strings.Builder
		for i, row := range rows {
			b.WriteString(strings.TrimRight(aligned(row, widths), " ") + "\n")
			if i == 0 && len(rows) > 1 {
				b.WriteString(strings.Repeat("─", total-2) + "\n")
			}
		}
		w.fence(b.String())
		return
	}
	w.list(rows)
}

// list writes the rows of a table as a list; a table of one row is its
// headings.
func (w *excerptWriter) list(rows [][]string) {
	if len(rows) == 1 {
		w.raw("- " + escape(strings.Join(rows[0], " · ")) + "\n")
		return
	}
	for _, row := range rows[1:] {
		var cells []string
		for i, cell := range row {
			switch {
			case cell == "":
			case i == 0:
				cells = append(cells, "**"+escape(cell)+"**")
			case i < len(rows[0]) && rows[0][i] != "":
				cells = append(cells, escape(rows[0][i])+": "+escape(cell))
			default:
				cells = append(cells, escape(cell))
			}
		}
		w.raw("- " + strings.Join(cells, " · ") + "\n")
	}
}

// tableRows reads the cells of a table's rows, without the row of dashes.
func tableRows(s string) [][]string {
	var rows [][]string
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if strings.Trim(line, "|-: \t") == "" {
			continue
		}
		line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
		var row []string
		for _, cell := range strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|") {
			row = append(row, strings.TrimSpace(strings.ReplaceAll(cell, "\x00", "|")))
		}
		rows = append(rows, row)
	}
	return rows
}

func columnWidths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], uniseg.StringWidth(cell))
		}
	}
	return widths
}

func aligned(row []string, widths []int) string {
	var b strings.Builder
	for i, cell := range row {
		b.WriteString(cell + strings.Repeat(" ", widths[i]-uniseg.StringWidth(cell)+2))
	}
	return b.String()
}
