package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestIEEESeries covers the forms of the designations that the IEEE gives to its documents, as printed: the guide of the
// RFC Production Center cites "IEEE Std 802.15.7-2018".
func TestIEEESeries(t *testing.T) {
	for _, c := range []struct{ id, name, value string }{
		{"IEEE Std 802.15.7-2018", "IEEE", "Std 802.15.7-2018"},
		{"IEEE Std 754-1985", "IEEE", "Std 754-1985"},
		{"IEEE Std 1003.1-2017", "IEEE", "Std 1003.1-2017"},
		{"IEEE Std C57.19.101", "IEEE", "Std C57.19.101"},
		{"IEEE Std C37.09-2018", "IEEE", "Std C37.09-2018"},
		{"IEEE Std 1048-1990", "IEEE", "Std 1048-1990"},
		{"IEEE Std 1547a-2020", "IEEE", "Std 1547a-2020"},
		{"IEEE Std 622B-1988", "IEEE", "Std 622B-1988"},
		{"IEEE Std 802.11-2016/Cor 1-2018", "IEEE", "Std 802.11-2016/Cor 1-2018"},
		{"IEEE Std C57.105/Cor1-2023", "IEEE", "Std C57.105/Cor1-2023"},
		{"IEEE Std 112-2004 (R2010)", "IEEE", "Std 112-2004 (R2010)"},
		{"IEEE Std 1149.1-2013 Redline", "IEEE", "Std 1149.1-2013 Redline"},
		{"IEEE Std 802.15.4®-2020 Redline", "IEEE", "Std 802.15.4-2020 Redline"},
		{"IEEE 2030.101®-2018", "IEEE", "2030.101-2018"},
		{"IEEE 254-1963", "IEEE", "254-1963"},
		{"IEEE Std No.45-1962", "IEEE", "Std No.45-1962"},
		{"IEEE P802.11", "IEEE", "P802.11"},
		{"IEEE P802.1ASdm/D-2.5-2024-07", "IEEE", "P802.1ASdm/D-2.5-2024-07"},
		{"IEEE Std P802.1Q/D-0.1", "IEEE", "Std P802.1Q/D-0.1"},
		{"IEEE PC57.12.00/D-1.0-2021-01", "IEEE", "PC57.12.00/D-1.0-2021-01"},
		{"IEEE P1549.2015/D-2/Cor1-2015", "IEEE", "P1549.2015/D-2/Cor1-2015"},
		{"IEEE Unapproved Std P1057/D-7.6-2007", "IEEE", "Unapproved Std P1057/D-7.6-2007"},
		{"IEEE 082_IEC62271.113/D-2-2010-01", "IEEE", "082_IEC62271.113/D-2-2010-01"},
		{"ISO/IEC/IEEE 8802.1AB-2017", "ISO/IEC/IEEE", "8802.1AB-2017"},
		{"ISO/IEC/IEEE 8802-11:2018", "ISO/IEC/IEEE", "8802-11:2018"},
		{"IEC/IEEE 62582.3-2024 Redline", "IEC/IEEE", "62582.3-2024 Redline"},
		{"ISO/IEC/IEEE FDIS P15289/D-4-2017", "ISO/IEC/IEEE", "FDIS P15289/D-4-2017"},
		{"ANSI/IEEE Std 754-1985", "ANSI/IEEE", "Std 754-1985"},
		{"ANSI C57.12.40-2000", "ANSI", "C57.12.40-2000"},
		{"AIEE 46-1927", "AIEE", "46-1927"},
		{"IEEE/ASTM SI 10.1997", "IEEE/ASTM", "SI 10-1997"},
		{"IEEE Std 581.1978", "IEEE", "Std 581-1978"},
		{"IEEE 802-1A.1990", "IEEE", "802.1A-1990"},
		{"IEEE 1394.1995", "IEEE", "1394-1995"},
		{"IEEE 1900.1", "IEEE", "1900.1"},
		{"A Guide", "IEEE", "A Guide"},
		{"IEEE SId", "IEEE", "SId"},
	} {
		t.Run(c.id, func(t *testing.T) {
			got := answer(t, "\ndocid: [{id: '"+c.id+"', type: IEEE, primary: true}, {id: '"+c.id+"™', type: IEEE, scope: trademark}, {id: 10.1109/X, type: DOI}]",
				Format{Corrections: IEEESeries})
			require.Contains(t, got, `  <seriesInfo name="`+c.name+`" value="`+c.value+`"/>`+"\n  <seriesInfo name=\"DOI\" value=\"10.1109/X\"/>\n</reference>")
		})
	}
}

func TestIEEESeriesThatTheRecordNames(t *testing.T) {
	for _, c := range []struct{ id, number, want string }{
		{"IEEE 754.1985", "Standard 754", "Std 754-1985"},
		{"IEEE 802-11D.2001", "Standard 802.11d", "Std 802.11d-2001"},
		{"IEEE 802.1QBV_2015", "802.1Qbv-2015", "802.1Qbv-2015"},
		{"IEEE P8021D.1989", "Draft P802.1D", "Draft P802.1D"},
		{"IEEE 802-1G.1992", "Draft Standard 802.1G", "Draft Standard 802.1G"},
	} {
		t.Run(c.id, func(t *testing.T) {
			record := "\ndocid: [{id: " + c.id + ", type: IEEE, primary: true}, {id: IEEE.X, type: IEEE, scope: anchor}]\nseries: [{title: {content: IEEE}, number: " + c.number + "}]"
			got := answer(t, record, Format{Corrections: IEEESeries})
			require.Contains(t, got, "</front>\n  <seriesInfo name=\"IEEE\" value=\""+c.want+"\"/>\n</reference>", "once")
			require.Contains(t, answer(t, record, Format{}), `<seriesInfo name="IEEE" value="`+c.number+`"/>`)
		})
	}
}
