package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"sort"
	"sync"
	"syscall"

	"github.com/blevesearch/vellum"

	"historian/corpus"
)

// deepCheck is the size up to which the content of a generation is checked
// when it is opened: it takes a millisecond a few megabytes. Of larger ones
// only the sizes are; reindex checks them before publishing.
const deepCheck = 64 << 20

// A generation is an index on disk, opened for reading. It implements store.
type generation struct {
	man  manifest
	dir  string
	lock *os.File   // held shared, so that pruning spares the folder
	mean [2]float64 // length, by kind of script

	passagesFile, vectorsFile, termsFile, idsFile file

	places   table64
	lengths  table16
	order    table32
	kinds    []class // by termID
	dict     *vellum.FST
	readers  sync.Pool // of *vellum.Reader, of dict
	postings postings
	pairs    func() map[string][scripts]bool // scripts of paired documents, by pair; read when asked for
	engine   *engine                         // holds passages, vectors and postings instead; nil for none
}

// openGeneration opens the generation in dir.
func openGeneration(dir string) (g *generation, err error) {
	g = &generation{dir: dir}
	g.pairs = sync.OnceValue(g.readPairs)
	defer func() {
		if err != nil {
			err = errors.Join(err, g.close())
			g = nil
		}
	}()
	if g.lock, err = shareLock(filepath.Join(dir, manifestName)); err != nil && !errors.Is(err, os.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return g, err
	}
	if g.man, err = readManifest(dir); err != nil {
		return g, err
	}
	if err = g.man.check(dir, g.man.bytes() <= deepCheck); err != nil {
		return g, err
	}
	g.mean = g.man.means()
	if g.engine, err = openEngine(dir); err != nil {
		return g, err
	}
	if err = g.openFiles(); err != nil {
		return g, err
	}
	if g.engine != nil {
		g.kinds = classify(g)
		return g, nil
	}
	if g.postings, err = openPostings(dir, g.man.Passages); err != nil {
		return g, err
	}
	if err := g.checkCounts(); err != nil {
		return g, err
	}
	g.kinds = classify(g)
	return g, nil
}

func (g *generation) openFiles() (err error) {
	open := func(name string) (f file) {
		if err == nil {
			f, err = openFile(filepath.Join(g.dir, name))
		}
		return f
	}
	n := g.man.Passages
	g.termsFile, g.idsFile = open(termsName), open(idsName)
	whole := err == nil && len(g.idsFile) == idSize*n
	if g.engine == nil {
		g.passagesFile, g.vectorsFile = open(passagesName), open(vectorsName)
		g.places, g.lengths, g.order = table64(open(placesName)), table16(open(lengthsName)), table32(open(orderName))
		whole = whole && len(g.places) == 16*(n+1) && len(g.lengths) == 2*n && len(g.order) == 4*n
	}
	if err != nil {
		return err
	}
	if !whole {
		return fmt.Errorf("%w: its tables don't have a row for each of %d passages", ErrDamaged, n)
	}
	if g.dict, err = vellum.Load(g.termsFile); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, termsName, err)
	}
	return nil
}

// checkCounts compares bleve's count and the dictionary's with the manifest's.
func (g *generation) checkCounts() error {
	n, err := g.postings.count()
	if err != nil || n != g.man.Passages || g.dict.Len() != g.man.Terms {
		return fmt.Errorf("%w: %d of %d passages and %d of %d terms found",
			ErrDamaged, n, g.man.Passages, g.dict.Len(), g.man.Terms)
	}
	return nil
}

// close gives back what the generation holds. No search may be going on.
func (g *generation) close() (err error) {
	err = g.postings.close()
	for _, f := range []file{g.passagesFile, g.vectorsFile, g.termsFile, g.idsFile, file(g.places), file(g.lengths), file(g.order)} {
		err = errors.Join(err, f.close())
	}
	if g.lock != nil {
		err = errors.Join(err, g.lock.Close())
	}
	return err
}

func (g *generation) passages() int { return g.man.Passages }
func (g *generation) terms() int    { return g.man.Terms }

func (g *generation) avgLen(unspaced bool) float64 { return g.mean[lengthRow(unspaced)] }

func (g *generation) lookup(term string) (id termID, df int, ok bool) {
	r, _ := g.readers.Get().(*vellum.Reader)
	if r == nil {
		if r, _ = g.dict.Reader(); r == nil {
			return 0, 0, false // unreachable: making one can't fail
		}
	}
	defer g.readers.Put(r)
	v, ok, err := r.Get([]byte(term))
	if err != nil || !ok || v>>32 >= uint64(g.man.Terms) {
		return 0, 0, false
	}
	return termID(v >> 32), int(v & (1<<32 - 1)), true
}

// prefixed walks over the part of the dictionary that begins with prefix.
func (g *generation) prefixed(prefix string, yield func(term []byte, id termID, df int) bool) {
	end := []byte(prefix)
	end[len(end)-1]++
	it, err := g.dict.Iterator([]byte(prefix), end)
	for ; err == nil; err = it.Next() {
		term, v := it.Current()
		if v>>32 < uint64(g.man.Terms) && !yield(term, termID(v>>32), int(v&(1<<32-1))) {
			return
		}
	}
}

func (g *generation) count(script int) int { return g.man.Lengths[script].Passages }

func (g *generation) paired(pair string, script int) bool { return g.pairs()[pair][script] }

// readPairs reads the scripts of paired documents from the catalog. One that
// can't be read is told of where it is asked for; here it has no pairs.
func (g *generation) readPairs() map[string][scripts]bool {
	c, _ := g.catalog()
	pairs := map[string][scripts]bool{}
	for _, d := range c.Documents {
		if d.Pair != "" {
			in := pairs[d.Pair]
			in[scriptOfLang(d.Lang)] = true
			pairs[d.Pair] = in
		}
	}
	return pairs
}

func (g *generation) classes() []class { return g.kinds }

func (g *generation) vector(n passageNum, buf *vector) error {
	if int(n) >= g.man.Passages {
		return fmt.Errorf("no passage %d", n)
	}
	if g.engine != nil {
		return g.engine.vector(n, buf, g.man.Terms)
	}
	from, to := g.places.at(2*int(n)+1), g.places.at(2*int(n)+3)
	if from > to || to > uint64(len(g.vectorsFile)) {
		return fmt.Errorf("%w: a vector lies beyond its file", ErrDamaged)
	}
	return decodeVector(g.vectorsFile[from:to], buf, g.man.Terms)
}

func (g *generation) passage(n passageNum) (corpus.Passage, error) {
	if int(n) >= g.man.Passages {
		return corpus.Passage{}, fmt.Errorf("no passage %d", n)
	}
	if g.engine != nil {
		return g.engine.passage(n)
	}
	return decodePassage(g.passagesFile, g.places.at(2*int(n)), g.places.at(2*int(n)+2))
}

// A row of ids is a hash and a number.
const idSize = 12

// numberOf finds a passage by its ID.
func (g *generation) numberOf(id string) (passageNum, bool) {
	hash := hashID(id)
	row := func(i int) []byte { return g.idsFile[idSize*i : idSize*(i+1)] }
	i := sort.Search(g.man.Passages, func(i int) bool { return binary.BigEndian.Uint64(row(i)) >= hash })
	if i == g.man.Passages || binary.BigEndian.Uint64(row(i)) != hash {
		return 0, false
	}
	return passageNum(binary.BigEndian.Uint32(row(i)[8:])), true
}

// lengthRow gives the row of lengths for a kind of script.
func lengthRow(unspaced bool) int {
	if unspaced {
		return 1
	}
	return 0
}

// hashID gives 64 bits of a passage's or document's ID. Two of a million IDs
// share them once in 37 million corpora; the second would be reported as a
// duplicate.
func hashID(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}
