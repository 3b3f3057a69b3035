package web

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"go.yaml.in/yaml/v3"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// specFiles are the OpenAPI documents by the names that their pages have always had.
var specFiles = map[string]string{
	"openapi_spec_main":   "openapi.yaml",
	"openapi_spec_legacy": "openapi-legacy.yaml",
}

// apiSpec answers GET /api-spec/<spec>/: an OpenAPI document for people to read.
func (s *Server) apiSpec(c echo.Context) error {
	file, ok := specFiles[c.Param("spec")]
	if !ok {
		return fault.New(fault.NotFound, "There is no description of an API by this name.")
	}
	model, err := readSpec(file)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, views.SpecPage(s.frame(c), model))
}

// specDocument is what is read of an OpenAPI document.
type specDocument struct {
	Info       struct{ Title, Version, Description string }
	Paths      yaml.Node             // a mapping, whose order is that of the page
	Security   []map[string][]string // of operations that have none of their own
	Components struct {
		Responses       map[string]specResponse
		SecuritySchemes map[string]specSecret `yaml:"securitySchemes"`
	}
}

type specSecret struct{ In, Name, Description string }

type specOperation struct {
	Summary, Description string
	Parameters           []specParameter
	RequestBody          struct{ Content map[string]specContent } `yaml:"requestBody"`
	Responses            map[string]specResponse
	Security             *[]map[string][]string // nil: that of the document
}

type specParameter struct {
	Name, In, Description, Example string
	Required                       bool
	Schema                         specSchema
}

type specSchema struct {
	Type, Default, Description string
	Enum                       []string
	Properties                 map[string]specSchema
}

type specContent struct{ Schema specSchema }

type specResponse struct {
	Ref         string `yaml:"$ref"`
	Description string
	Content     map[string]specContent
}

func readSpec(file string) (views.Spec, error) {
	content, err := specs.ReadFile(file)
	if err != nil {
		return views.Spec{}, err
	}
	var document specDocument
	if err := yaml.Unmarshal(content, &document); err != nil {
		return views.Spec{}, fmt.Errorf("read %s: %w", file, err)
	}
	model := views.Spec{
		Title: document.Info.Title, Version: document.Info.Version, Description: document.Info.Description, URL: "/" + file,
	}
	for i := 0; i+1 < len(document.Paths.Content); i += 2 {
		address := document.Paths.Content[i].Value
		var methods map[string]specOperation
		if err := document.Paths.Content[i+1].Decode(&methods); err != nil {
			return model, fmt.Errorf("read %s of %s: %w", address, file, err)
		}
		for _, method := range slices.Sorted(maps.Keys(methods)) {
			operation, err := document.operation(methods[method])
			if err != nil {
				return model, fmt.Errorf("read %s of %s: %w", address, file, err)
			}
			operation.Method, operation.Path = strings.ToUpper(method), address
			model.Operations = append(model.Operations, operation)
		}
	}
	return model, nil
}

func (d *specDocument) operation(o specOperation) (views.SpecOperation, error) {
	model := views.SpecOperation{Summary: o.Summary, Description: o.Description}
	if err := d.secure(o, &model); err != nil {
		return model, err
	}
	for _, p := range o.Parameters {
		model.Parameters = append(model.Parameters, views.SpecParameter{
			Name: p.Name, Place: p.In, Description: p.Description, Required: p.Required,
			Values: p.Schema.Enum, Default: p.Schema.Default, Example: p.Example,
		})
	}
	for _, content := range o.RequestBody.Content {
		for _, name := range slices.Sorted(maps.Keys(content.Schema.Properties)) {
			model.Parameters = append(model.Parameters, views.SpecParameter{
				Name: name, Place: "form", Description: content.Schema.Properties[name].Description,
			})
		}
	}
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		response := o.Responses[status]
		if response.Ref != "" {
			shared, ok := d.Components.Responses[path.Base(response.Ref)]
			if !ok {
				return model, fmt.Errorf("there is no %s", response.Ref)
			}
			response = shared
		}
		model.Answers = append(model.Answers, views.SpecAnswer{
			Status: status, Description: response.Description, Types: slices.Sorted(maps.Keys(response.Content)),
		})
	}
	return model, nil
}

// secure tells what an operation needs to know of who asks. An alternative without schemes, and a list without alternatives,
// mean that it needs nothing (OpenAPI 3.0.3, security requirement object).
func (d *specDocument) secure(o specOperation, model *views.SpecOperation) error {
	alternatives := d.Security
	if o.Security != nil {
		alternatives = *o.Security
	}
	model.Open = len(alternatives) == 0
	for _, alternative := range alternatives {
		model.Open = model.Open || len(alternative) == 0
		for _, name := range slices.Sorted(maps.Keys(alternative)) {
			scheme, ok := d.Components.SecuritySchemes[name]
			if !ok {
				return fmt.Errorf("there is no security scheme %s", name)
			}
			model.Keys = append(model.Keys, views.SpecSecret{Place: scheme.In, Name: scheme.Name, Description: scheme.Description})
		}
	}
	return nil
}
