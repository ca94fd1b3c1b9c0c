// What golang.org/x/mod makes of the same inputs as medkit: one JSON document in, one out.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type tile struct{ Level, N, Width int64 }

type recordProof struct {
	Size, N int64
	Proof   []tlog.Hash
}

type treeProof struct {
	Size, Older int64
	Proof       []tlog.Hash
}

type question struct {
	Zip, Dir, Prefix string
	// Keys of one signer, and a note that medkit signed with it.
	Signer, Verifier, Note, Text string
	Records                      []string
	Sizes                        []int64
	Tiles                        []tile
	Indexes                      []int64
	// Proofs that medkit made.
	RecordProofs []recordProof
	TreeProofs   []treeProof
	// An answer to a lookup that medkit wrote.
	Lookup string
}

type located struct {
	Tile tile
	Path string
}

type answer struct {
	HashZip, HashDir     string
	NoteText, NoteByGo   string
	Roots                map[int64]tlog.Hash
	Heads                map[int64]string
	RecordProofs         []recordProof
	TreeProofs           []treeProof
	Paths                []string
	Located              []located
	TileData             map[string][]byte
	RefusedRecordProofs  []string
	RefusedTreeProofs    []string
	LookupID             int64
	LookupText, LookupGo string
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func main() {
	var asked question
	must(0, json.NewDecoder(os.Stdin).Decode(&asked))
	var said answer

	said.HashZip = must(dirhash.HashZip(asked.Zip, dirhash.Hash1))
	said.HashDir = must(dirhash.HashDir(asked.Dir, asked.Prefix, dirhash.Hash1))

	verifier := must(note.NewVerifier(asked.Verifier))
	said.NoteText = must(note.Open([]byte(asked.Note), note.VerifierList(verifier))).Text
	said.NoteByGo = string(must(note.Sign(&note.Note{Text: asked.Text}, must(note.NewSigner(asked.Signer)))))

	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for n, record := range asked.Records {
		stored = append(stored, must(tlog.StoredHashes(int64(n), []byte(record), read))...)
	}

	said.Roots, said.Heads = map[int64]tlog.Hash{}, map[int64]string{}
	for _, size := range asked.Sizes {
		root := must(tlog.TreeHash(size, read))
		said.Roots[size] = root
		said.Heads[size] = string(tlog.FormatTree(tlog.Tree{N: size, Hash: root}))
	}
	for _, p := range asked.RecordProofs {
		leaf := tlog.RecordHash([]byte(asked.Records[p.N]))
		root := must(tlog.TreeHash(p.Size, read))
		if err := tlog.CheckRecord(p.Proof, p.Size, root, p.N, leaf); err != nil {
			said.RefusedRecordProofs = append(said.RefusedRecordProofs, fmt.Sprintf("%d of %d", p.N, p.Size))
		}
		own := must(tlog.ProveRecord(p.Size, p.N, read))
		said.RecordProofs = append(said.RecordProofs, recordProof{p.Size, p.N, own})
	}
	for _, p := range asked.TreeProofs {
		newer, older := must(tlog.TreeHash(p.Size, read)), must(tlog.TreeHash(p.Older, read))
		if err := tlog.CheckTree(p.Proof, p.Size, newer, p.Older, older); err != nil {
			said.RefusedTreeProofs = append(said.RefusedTreeProofs, fmt.Sprintf("%d in %d", p.Older, p.Size))
		}
		own := must(tlog.ProveTree(p.Size, p.Older, read))
		said.TreeProofs = append(said.TreeProofs, treeProof{p.Size, p.Older, own})
	}

	for _, t := range asked.Tiles {
		each := tlog.Tile{H: 8, L: int(t.Level), N: t.N, W: int(t.Width)}
		said.Paths = append(said.Paths, each.Path())
	}
	said.TileData = map[string][]byte{}
	for _, index := range asked.Indexes {
		t := tlog.TileForIndex(8, index)
		said.Located = append(said.Located, located{tile{int64(t.L), t.N, int64(t.W)}, t.Path()})
		if index < int64(len(stored)) {
			said.TileData[t.Path()] = must(tlog.ReadTileData(t, read))
		}
	}

	id, text, _, err := tlog.ParseRecord([]byte(asked.Lookup))
	must(0, err)
	said.LookupID, said.LookupText = id, string(text)
	said.LookupGo = string(must(tlog.FormatRecord(id, text)))

	must(0, json.NewEncoder(os.Stdout).Encode(said))
}
