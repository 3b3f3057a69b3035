package bibxml

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestAnchor(t *testing.T) {
	primary := func(kind, id string) docid.ID { return docid.ID{ID: id, Type: kind, Primary: true} }
	for _, c := range []struct {
		name string
		ids  []docid.ID
		want string
	}{
		{"RFC of four digits", []docid.ID{primary("IETF", "RFC 9000")}, "RFC9000"},
		{"RFC of two digits", []docid.ID{primary("IETF", "RFC 20")}, "RFC0020"},
		{"RFC of five digits", []docid.ID{primary("IETF", "RFC 10007")}, "RFC10007"},
		{"RFC after its DOI", []docid.ID{{ID: "10.17487/RFC2119", Type: "DOI"}, primary("IETF", "RFC 2119")}, "RFC2119"},
		{"RFC without its number", []docid.ID{primary("IETF", "RFC index")}, "RFC_index"},
		{"subseries", []docid.ID{primary("IETF", "BCP 14")}, "BCP_14"},
		{"draft", []docid.ID{primary("Internet-Draft", "draft-ietf-quic-http-34"), {ID: "I-D.ietf-quic-http", Type: "IETF", Scope: "anchor"}}, "draft-ietf-quic-http-34"},
		{"scope anchor, when the primary is no name", []docid.ID{primary("ISO", "ISO 8824.1990"), {ID: "ISO.8824.1990", Type: "ISO", Scope: "anchor"}}, "ISO.8824.1990"},
		{"scope anchor that is no name either", []docid.ID{primary("ISO", "ISO 8824"), {ID: "8824 x", Type: "ISO", Scope: "anchor"}}, "ISO_8824"},
		{"W3C", []docid.ID{primary("W3C", "W3C REC-xml-20081126")}, "W3C_REC_xml_20081126"},
		{"IANA", []docid.ID{primary("IANA", "IANA matroska/matroska-alpha-modes")}, "IANA_matroska_matroska_alpha_modes"},
		{"IEEE with a draft number", []docid.ID{primary("IEEE", "IEEE Std P802.11n/D-2.0")}, "IEEE_Std_P802.11n_D_2.0"},
		{"a trademark is no name", []docid.ID{{ID: "IEEE™", Type: "IEEE", Primary: true, Scope: "trademark"}, primary("IEEE", "IEEE 1-2")}, "IEEE"},
		{"3GPP begins with a digit", []docid.ID{primary("3GPP", "3GPP TS 23.501:REL-18/18.8.0")}, "_3GPP_TS_23.501.REL_18_18.8.0"},
		{"dashes around", []docid.ID{primary("X", "-_ a  b -")}, "a_b"},
		{"nothing of the first is left", []docid.ID{primary("X", "™"), primary("X", "( ) b")}, "__b"},
		{"no identifier", nil, "reference"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Anchor(&merge.Document{Item: &relaton.Item{DocID: c.ids}})
			require.Equal(t, c.want, got)
			require.True(t, ValidAnchor(got))
		})
	}
}

func TestMendAnchor(t *testing.T) {
	for _, c := range []struct{ name, asked, want string }{
		{"valid", "RFC2119", "RFC2119"},
		{"valid with all that is allowed", "_a.b-c_9", "_a.b-c_9"},
		{"letters beyond ASCII", "Müller2020", "Müller2020"},
		{"spaces and colons", "a b:c", "a.b.c"},
		{"a leading digit", "9", "_9"},
		{"a leading dot", ".a", "_.a"},
		{"markup", "<x>", "x"},
		{"an ampersand", "a&b", "ab"},
		{"out of the attribute", `a" x="b`, "a.xb"},
		{"quotes and slashes", `'\/`, ""},
		{"control characters", "a\x00\nb", "ab"},
		{"what only the fifth edition of XML allows", "\U00010300x", "x"},
		{"broken UTF-8", "a\xff", "a"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := MendAnchor(c.asked)
			require.Equal(t, c.want, got)
			require.Equal(t, got != "", ValidAnchor(got))
		})
	}
}

func TestValidAnchor(t *testing.T) {
	for _, c := range []struct {
		anchor string
		want   bool
	}{
		{"a", true},
		{"_", true},
		{"É", true},
		{"東京", true},
		{"a.b-c", true},
		{"", false},
		{"1a", false},
		{"-a", false},
		{".a", false},
		{"a b", false},
		{"a:b", false},
		{"a+b", false},
		{"a\u0301", false},
	} {
		require.Equal(t, c.want, ValidAnchor(c.anchor), "%q", c.anchor)
	}
}

// Members that are named alike keep anchors of their own, however many they are.
func TestUnused(t *testing.T) {
	used := map[string]int{"a": 1}
	var got []string
	for _, anchor := range []string{"b", "a", "a", "a_2", "a", "b", "a_3"} {
		got = append(got, unused(used, anchor))
	}
	want := []string{"b", "a_2", "a_3", "a_2_2", "a_4", "b_2", "a_3_2"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
