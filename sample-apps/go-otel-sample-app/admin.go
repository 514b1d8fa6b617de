package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"os"
	"runtime"
	"syscall"
	"time"
)

// adminRequest is one line sent to the socket for operation.
type adminRequest struct {
	Op    string   `json:"op"`
	Key   string   `json:"key"`
	Value *float64 `json:"value"`
	TTL   *float64 `json:"ttlMs"`
	Token string   `json:"token"`
}

// openAdmin serves newline JSON on a unix socket that only the owner may open.
// Without a path it does nothing.
func openAdmin(path string) (func(), error) {
	if path == "" {
		return func() {}, nil
	}
	if about, err := os.Lstat(path); err == nil && about.Mode()&fs.ModeSocket != 0 {
		_ = os.Remove(path) // left by a process that was killed
	}
	mask := syscall.Umask(0o177)
	listener, err := net.Listen("unix", path)
	syscall.Umask(mask)
	if err != nil {
		return nil, err
	}
	settings := newBoard(time.Now)
	go func() {
		for {
			connection, err := listener.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				time.Sleep(100 * time.Millisecond)
				continue
			}
			go serveAdmin(connection, settings)
		}
	}()
	return func() { _ = listener.Close() }, nil
}

func serveAdmin(connection net.Conn, settings *board) {
	defer connection.Close()
	lines := bufio.NewScanner(connection)
	answers := json.NewEncoder(connection)
	for lines.Scan() {
		if answers.Encode(answerAdmin(lines.Bytes(), settings)) != nil {
			return
		}
	}
}

// answerAdmin carries out one request line.
func answerAdmin(line []byte, settings *board) map[string]any {
	var request adminRequest
	if err := json.Unmarshal(line, &request); err != nil {
		return refusal("not a request: " + err.Error())
	}
	switch request.Op {
	case "hello":
		return map[string]any{"ok": true, "pid": os.Getpid(), "startedAt": startedAt.UnixMilli(), "release": release}
	case "meters":
		return map[string]any{"ok": true, "meters": map[string]float64{
			"goroutines": float64(runtime.NumGoroutine()), "mutex.wait_s": mutexWait()}}
	case "set":
		if err := settings.set(request); err != nil {
			return refusal(err.Error())
		}
	case "clear":
		settings.clear(request.Token)
	default:
		return refusal("unknown op")
	}
	return map[string]any{"ok": true, "at": time.Now().UnixMilli()}
}

func refusal(why string) map[string]any {
	return map[string]any{"ok": false, "error": why}
}
