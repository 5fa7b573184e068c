// Package index answers questions from passages.
//
// In: documents (Build, Reindex), later questions. Out: an Answer, which is
// excerpts with citations, or the reason why there is none. Between them:
// ParseQuery reads a question into weighted terms, Search ranks the passages
// that bleve finds, Compose chooses what to quote and how far to trust it.
package index
