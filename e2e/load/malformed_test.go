package main

import (
	"math/rand/v2"
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

// A seed that is printed has to make the same requests again, of every kind.
func TestMalformedRequestsComeFromTheSeed(t *testing.T) {
	one, other := rand.New(rand.NewPCG(7, 1)), rand.New(rand.NewPCG(7, 1))
	kinds := make(map[string]int)
	for range 2000 {
		request := malformedRequest(one)
		require.Equal(t, request, malformedRequest(other))
		kinds[request.kind]++
	}
	require.Len(t, kinds, len(makers))
}

func TestSendRaw(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		allowed      int
		fails        bool
	}{
		{"refused", "HTTP/1.1 400 Bad Request\r\n\r\n", 0, false},
		{"failed", "HTTP/1.1 500 Internal Server Error\r\n\r\n", 0, true},
		{"the second of two", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx\nHTTP/1.1 503 Service Unavailable\r\n\r\n", 0, true},
		{"rightly", "HTTP/1.1 501 Not Implemented\r\n\r\n", 501, false},
		{"not at all", "", 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			defer func() { _ = listener.Close() }()
			go func() {
				conn, err := listener.Accept()
				if err == nil {
					_, _ = conn.Read(make([]byte, 1<<10))
					_, _ = conn.Write([]byte(tt.answer))
					_ = conn.Close()
				}
			}()
			_, err = sendRaw(listener.Addr().String(), malformed{kind: "test", raw: "GET / HTTP/1.1\r\n\r\n", allowed: tt.allowed})
			require.Equal(t, tt.fails, err != nil, "%v", err)
		})
	}
}
