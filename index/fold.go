package index

import "historian/index/lang"

// fold gives text as questions are read: compatibility forms, case and
// traditional characters folded, invisible characters removed.
func fold(text string) string { return lang.Normalize(text).Text }
