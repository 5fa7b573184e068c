package bot

// A Reply is what people see: an answer, or whatever there is to say, dressed
// for Discord. It is a plain value; sender turns it into requests.
type Reply struct {
	Content   string // Discord Markdown, at most 2,000 characters
	Buttons   []Button
	Files     []File
	Ephemeral bool // seen only by the person who asked, where the surface allows

	Ignored    bool     // nothing is sent
	Abstained  bool     // it says that the documents don't hold the answer
	Confidence float64  // of the answer, 0 to 1
	Excerpts   []string // the excerpts in plain text, each under its citation
}

// A Button acts on a reply, or leads to a URL.
type Button struct {
	Label string
	Emoji string
	ID    string // custom ID, 1 to 100 characters
	Quiet bool   // looks secondary
}

// A File is an attachment.
type File struct {
	Name string
	Type string // MIME type
	Data []byte
	Alt  string // what it shows, for people who can't see it
}

// contentLimit is the length of a message's content in characters (Discord's
// documentation, "Create Message").
const contentLimit = 2000

var ignored = Reply{Ignored: true}
