package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// shares of the generated documents, roughly those of the real sources.
var shares = []struct {
	dataset string
	percent int
	write   func(r *rand.Rand, n int) (ref, yaml string)
}{
	{"rfcs", 10, generatedRFC},
	{"ids", 50, generatedDraft},
	{"iana", 5, generatedRegistry},
	{"ieee", 35, generatedStandard},
}

// generate makes a Git repository for each dataset, with as many made-up records in all as are wanted.
// The same number gives the same records.
func generate(ctx context.Context, dir string, documents int) (map[string]string, []string, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, nil, err
	}
	sources := make(map[string]string)
	var order []string
	for _, share := range shares {
		repo := filepath.Join(dir, "relaton-data-"+share.dataset+".git")
		if err := fill(ctx, repo, documents*share.percent/100, share.write); err != nil {
			return nil, nil, fmt.Errorf("generate %s: %w", share.dataset, err)
		}
		sources[share.dataset] = repo
		order = append(order, share.dataset)
	}
	return sources, order, nil
}

// fill writes one commit with n records by `git fast-import`, which takes seconds where `git add`
// would take minutes.
func fill(ctx context.Context, repo string, n int, write func(*rand.Rand, int) (string, string)) error {
	if err := os.MkdirAll(repo, 0o755); err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, "git", "init", "-q", "--bare", "-b", "main", repo).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	load := exec.CommandContext(ctx, "git", "-C", repo, "fast-import", "--quiet")
	load.Stderr = os.Stderr
	pipe, err := load.StdinPipe()
	if err != nil {
		return err
	}
	if err := load.Start(); err != nil {
		return err
	}
	w := bufio.NewWriterSize(pipe, 1<<20)
	fmt.Fprint(w, "commit refs/heads/main\ncommitter Bench <bench@example.org> 1700000000 +0000\ndata 9\ngenerated\n")
	r := rand.New(rand.NewPCG(1, uint64(n)))
	for i := range n {
		ref, yaml := write(r, i+1)
		fmt.Fprintf(w, "M 644 inline data/%s.yaml\ndata %d\n%s\n", ref, len(yaml), yaml)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := pipe.Close(); err != nil {
		return err
	}
	return load.Wait()
}

func generatedRFC(r *rand.Rand, n int) (string, string) {
	ref := fmt.Sprintf("RFC%04d", n)
	year, month := 1970+n*55/40000%55, 1+n%12
	return ref, fmt.Sprintf("---\nid: %s\ntitle:\n- content: %s\n  format: text/plain\n  type: main\n"+
		"link:\n- content: https://www.rfc-editor.org/info/rfc%d\n  type: src\ntype: standard\n"+
		"docid:\n- id: RFC %d\n  type: IETF\n  primary: true\n- id: 10.17487/RFC%04d\n  type: DOI\ndocnumber: %s\n"+
		"date:\n- type: published\n  value: %d-%02d\ncontributor:\n%s%slanguage:\n- en\nscript:\n- Latn\n%s%s"+
		"series:\n- title:\n    content: RFC\n    format: text/plain\n  number: '%d'\n",
		ref, title(r), n, n, n, ref, year, month, person(r), person(r), abstract(r), relation(r, n), n)
}

func generatedDraft(r *rand.Rand, n int) (string, string) {
	name := fmt.Sprintf("draft-%s-%s-%s-%d", pick(r, surnames), pick(r, words), pick(r, words), n/3)
	id := fmt.Sprintf("%s-%02d", strings.ToLower(name), n%3)
	return id, fmt.Sprintf("---\nid: %s\ntitle:\n- content: %s\n  format: text/plain\n"+
		"link:\n- content: https://datatracker.ietf.org/doc/html/%s\n  type: src\ntype: standard\n"+
		"docid:\n- id: %s\n  type: Internet-Draft\n  primary: true\n"+
		"date:\n- type: published\n  value: '%d-%02d-%02d'\ncontributor:\n%s%sversion:\n- draft: '%02d'\n"+
		"language:\n- en\nscript:\n- Latn\n%sseries:\n- type: main\n  title:\n    content: Internet-Draft\n    format: text/plain\n  number: %s\n",
		id, title(r), id, id, 1990+n%34, 1+n%12, 1+n%28, person(r), person(r), n%3, abstract(r), id)
}

func generatedRegistry(r *rand.Rand, n int) (string, string) {
	name := fmt.Sprintf("%s-%s", pick(r, words), letters(n))
	return name, fmt.Sprintf("---\nid: IANA%s\ntitle:\n- content: %s\n  format: text/plain\n"+
		"link:\n- content: https://www.iana.org/assignments/%s\n  type: self\ntype: standard\n"+
		"docid:\n- id: IANA %s\n  type: IANA\n  primary: true\n"+
		"contributor:\n- organization:\n    name:\n    - content: Internet Assigned Numbers Authority\n    abbreviation:\n      content: IANA\n"+
		"  role:\n  - type: publisher\n", name, title(r), name, name)
}

func generatedStandard(r *rand.Rand, n int) (string, string) {
	number := fmt.Sprintf("%d.%d-%d", 100+n/500, n%500, 1980+n%45)
	return fmt.Sprintf("IEEE_STD_%s", number), fmt.Sprintf("---\nid: IEEEStd%s\ntitle:\n- content: IEEE Standard for %s\n  format: text/plain\n  type: main\n"+
		"link:\n- content: https://ieeexplore.ieee.org/document/%d\n  type: src\ntype: standard\n"+
		"docid:\n- id: IEEE Std %s\n  type: IEEE\n  primary: true\n- id: IEEE Std %s™\n  type: IEEE\n  scope: trademark\n  primary: true\n"+
		"date:\n- type: published\n  value: '%d-%02d-01'\ncontributor:\n- organization:\n    name:\n    - content: Institute of Electrical and Electronics Engineers\n"+
		"    abbreviation:\n      content: IEEE\n    contact:\n    - address:\n        city: New York\n        country: USA\n  role:\n  - type: publisher\n"+
		"language:\n- en\nscript:\n- Latn\n%skeyword:\n- content: %s\n- content: %s\next:\n  doctype:\n    type: standard\n  standard_status: Active\n",
		number, title(r), 1000000+n, number, number, 1980+n%45, 1+n%12, abstract(r), pick(r, words), pick(r, words))
}

func person(r *rand.Rand) string {
	initial, surname := string(rune('A'+r.IntN(26))), pick(r, surnames)
	return fmt.Sprintf("- person:\n    name:\n      given:\n        forename:\n        - language:\n          - en\n          initial: %s\n"+
		"        formatted_initials:\n          content: %s.\n          language:\n          - en\n      surname:\n        content: %s\n        language:\n        - en\n"+
		"      completename:\n        content: %s. %s\n        language:\n        - en\n  role:\n  - type: author\n", initial, initial, surname, initial, surname)
}

func abstract(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("abstract:\n- content: <p>")
	for range 60 + r.IntN(80) {
		b.WriteString(pick(r, words) + " ")
	}
	b.WriteString("end.</p>\n  language:\n  - en\n  script:\n  - Latn\n  format: text/html\n")
	return b.String()
}

// relation lets every tenth RFC obsolete an earlier one.
func relation(r *rand.Rand, n int) string {
	if n%10 != 0 {
		return ""
	}
	older := 1 + r.IntN(n)
	return fmt.Sprintf("relation:\n- type: obsoletes\n  bibitem:\n    id: RFC%[1]d\n    docid:\n    - id: RFC %[1]d\n      type: IETF\n      primary: true\n", older)
}

func title(r *rand.Rand) string {
	parts := make([]string, 4+r.IntN(6))
	for i := range parts {
		word := pick(r, words)
		parts[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(parts, " ")
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// letters writes a number with letters only, for names that may hold no digit.
func letters(n int) string {
	out := ""
	for ; n > 0; n /= 26 {
		out = string(rune('a'+n%26)) + out
	}
	return out
}

var surnames = strings.Fields(`Adams Bradner Cerf Dusseault Eggert Farrell Gellens Hoffman Iyengar Jacobson
	Klensin Leiba Mockapetris Nottingham Oran Postel Quittek Rescorla Schulzrinne Thomson Ullmann Vixie
	Wierenga Xiao Ylonen Zhang`)

var words = strings.Fields(`address algorithm application authentication bandwidth binding border broadcast cache
	capability certificate channel checksum client cluster codec compression configuration congestion connection
	control cookie credential datagram delay delivery dependency directory discovery domain dynamic encapsulation
	encoding encryption endpoint extension fairness feedback field filter flow format forwarding fragment framework
	gateway generation group handshake header host identifier identity index information instance integrity interface
	internet key label latency layer lifetime link location loss management mapping measurement media message metric
	mobility model module monitoring multicast name namespace neighbor network node notification object operation option
	overlay packet parameter path payload peer performance policy port prefix priority privacy profile protocol proxy
	quality queue range rate recovery registry relay replication request resolution resource response retransmission
	route router routing sampling schema security segment sequence server service session signaling signature stream
	subnet switching synchronization tag telemetry timer token topology tracking traffic transport tunnel update uri
	validation vector version virtual window wireless zone`)
