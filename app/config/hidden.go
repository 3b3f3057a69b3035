package config

import (
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// SecretValues returns every secret of the configuration, including those in URLs and those that were generated.
func (c *Config) SecretValues() []string {
	all := slices.Clone(c.found)
	from := reflect.ValueOf(c).Elem()
	for _, v := range Variables() {
		if !v.Secret {
			continue
		}
		switch value := from.FieldByName(v.field).Interface().(type) {
		case string:
			all = append(all, v.secretsIn(value)...)
		case []string:
			all = append(all, v.secretsIn(strings.Join(value, ","))...)
		}
	}
	return distinct(all)
}

// SecretsIn returns every secret in the environment, even if the configuration is invalid: the values of secret variables, the
// contents of the files that they name, and the credentials in any URL. It skips pipes, which can be read only once, by Load.
func SecretsIn(getenv func(string) string) []string {
	all := []string{getenv("PGPASSWORD")} // pgx reads it
	for _, v := range Variables() {
		for _, name := range v.names() {
			all = append(all, v.secretsIn(getenv(name))...)
			if !v.Secret {
				continue
			}
			file := strings.TrimSpace(getenv(name + fileSuffix))
			if found, err := os.Stat(file); err != nil || !found.Mode().IsRegular() {
				continue
			}
			if content, err := os.ReadFile(file); err == nil {
				all = append(all, v.secretsIn(string(content))...)
			}
		}
	}
	return distinct(all)
}

// distinct sorts texts and drops empty ones and repetitions.
func distinct(texts []string) []string {
	slices.Sort(texts)
	return slices.DeleteFunc(slices.Compact(texts), func(s string) bool { return s == "" })
}

// secretsIn returns the secrets in a value of the variable.
func (v Variable) secretsIn(value string) []string {
	all := credentialsIn(value)
	if v.Secret {
		all = append(all, strings.TrimSpace(value))
	}
	if v.Secret && v.list {
		for _, entry := range splitList(strings.ReplaceAll(value, "\n", ",")) {
			all = append(append(all, entry), credentialsIn(entry)...)
		}
	}
	return all
}

// passwordParam matches a password among the parameters of an address.
var passwordParam = regexp.MustCompile(`[?&](?:ssl)?password=([^&#]*)`)

// shortestToken is the minimum length of a user in an HTTP URL that counts as a token and not as a name like "git".
const shortestToken = 8

// credentialsIn returns the passwords and tokens in a URL, even if it cannot be parsed: any @ may end them.
func credentialsIn(address string) []string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return nil
	}
	var all []string
	for at := range rest {
		if rest[at] != '@' {
			continue
		}
		user, password, hasPassword := strings.Cut(rest[:at], ":")
		switch {
		case hasPassword:
			all = append(all, password)
		case strings.HasPrefix(scheme, "http") && len(user) >= shortestToken:
			all = append(all, user)
		}
	}
	for _, param := range passwordParam.FindAllStringSubmatch(rest, -1) {
		all = append(all, param[1])
	}
	for _, escaped := range slices.Clone(all) {
		if plain, err := url.PathUnescape(escaped); err == nil {
			all = append(all, plain)
		}
	}
	return all
}
