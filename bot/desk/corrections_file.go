package desk

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/diff"
	"go.etcd.io/bbolt"
)

// CorrectionsName is the name of the file of corrections. It lies among the
// documents, and is none.
const CorrectionsName = "corrections.yaml"

const correctionsHead = `# Corrections of answers, made by moderators on Discord; edit as you like.
# answer: the passage that answers the question; wrong: one that doesn't;
# ignore: true says that it is no question. Of two that differ the later holds.
`

// maxCorrections is how many bytes of corrections are read.
const maxCorrections = 4 << 20

// ParseCorrections reads a file of corrections strictly. Its errors name
// line, fault and mend.
func ParseCorrections(name string, data []byte) (all []Correction, err error) {
	if len(data) > maxCorrections || nesting(string(data)) > maxSettingsDepth {
		return nil, fmt.Errorf("%s: is no file of corrections: too large, or nested too deep", name)
	}
	if err := readYAML(name, data, &all); err != nil {
		return nil, err
	}
	for i, c := range all {
		kinds := 0
		for _, has := range []bool{c.Answer != "", c.Wrong != "", c.Ignore} {
			if has {
				kinds++
			}
		}
		switch {
		case strings.TrimSpace(c.Question) == "":
			return nil, fmt.Errorf("%s: correction %d has no question: add one", name, i+1)
		case kinds != 1:
			return nil, fmt.Errorf("%s: correction %d (%q): give one of answer, wrong and ignore", name, i+1, c.Question)
		}
	}
	return all, nil
}

// formatCorrection writes a correction as a block of the file.
func formatCorrection(c Correction) (string, error) {
	data, err := yaml.Marshal([]Correction{c})
	if err != nil {
		return "", fmt.Errorf("write correction: %w", err)
	}
	return string(data), nil
}

// splitCorrections cuts the text of a file into what stands above the first
// correction, and one block each, with the comments above it.
func splitCorrections(text string) (head string, blocks []string) {
	above := ""
	for line := range strings.Lines(text) {
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(line, "- "):
			if len(blocks) == 0 {
				head, above = above, ""
			}
			blocks = append(blocks, above+line)
			above = ""
		case trimmed == "" || strings.HasPrefix(trimmed, "#") || len(blocks) == 0:
			above += line
		default:
			blocks[len(blocks)-1] += above + line
			above = ""
		}
	}
	if len(blocks) == 0 {
		return above, nil
	}
	blocks[len(blocks)-1] += above
	return head, blocks
}

// baseKey is where the corrections lie as they were at the last reindex.
var baseKey = []byte("corrections as of the last reindex")

// Reindexed takes note that the corrections, as they are, were looked at by a
// reindex.
func (d *Desk) Reindexed() error {
	if !d.On() {
		return nil
	}
	text, err := d.CorrectionsText()
	if err != nil {
		return err
	}
	return d.update(func(tx *bbolt.Tx) error { return tx.Bucket(secretBucket).Put(baseKey, text) })
}

// CorrectionsText gives the file of corrections as it is.
func (d *Desk) CorrectionsText() ([]byte, error) { return d.corrections.text() }

// CorrectionsDiff gives what changed in the file since the last reindex, as a
// patch; empty where nothing did.
func (d *Desk) CorrectionsDiff() ([]byte, error) {
	text, err := d.CorrectionsText()
	if err != nil {
		return nil, err
	}
	var base []byte
	err = d.view(func(tx *bbolt.Tx) error {
		base = append(base, tx.Bucket(secretBucket).Get(baseKey)...)
		return nil
	})
	if string(base) == string(text) {
		return nil, err
	}
	return diff.Diff("a/"+CorrectionsName, base, "b/"+CorrectionsName, text), err
}
