package web

import (
	"embed"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
)

//go:embed schemas/*.json
var schemas embed.FS

// jsonSchema answers GET /api/v1/json-schema/<name>/ with the JSON schema of an answer (compatibility, section 6).
func (s *Server) jsonSchema(c echo.Context) error {
	body, err := schemas.ReadFile("schemas/" + c.Param("name") + ".json")
	if err != nil {
		return fault.New(fault.Invalid, "There is no schema %.40q; there are %s.", c.Param("name"), strings.Join(schemaNames(), " and "))
	}
	return newAnswer(typeJSON, body).send(c)
}

func schemaNames() []string {
	files, _ := schemas.ReadDir("schemas") // it is embedded
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(file.Name(), ".json")
	}
	return names
}
