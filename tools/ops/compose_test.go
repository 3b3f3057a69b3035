package ops

import (
	"context"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// needed is what .env has to say at least.
var needed = []string{"DB_SECRET=d", "API_SECRET=a", "GRAFANA_SECRET=g"}

func load(t *testing.T, env []string, files ...string) (*types.Project, error) {
	t.Helper()
	var paths []string
	for _, file := range files {
		paths = append(paths, filepath.Join(root, file))
	}
	options, err := cli.NewProjectOptions(paths, cli.WithEnv(env), cli.WithWorkingDirectory(root), cli.WithConsistency(true))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(context.Background())
}

func TestComposeFilesAreSound(t *testing.T) {
	for _, tt := range []struct {
		files    string
		services []string
	}{
		{"docker-compose.yml", []string{"db", "migrate", "web", "worker"}},
		{"docker-compose.dev.yml", []string{"app", "db"}},
		{"docker-compose.yml docker-compose.monitor.yml", []string{"alertmanager", "db", "grafana", "migrate", "prometheus", "riverui", "web", "worker"}},
		{"docker-compose.dev.yml docker-compose.monitor.yml", []string{"alertmanager", "app", "db", "grafana", "prometheus", "riverui"}},
	} {
		t.Run(tt.files, func(t *testing.T) {
			project, err := load(t, needed, strings.Fields(tt.files)...)
			if err != nil {
				t.Fatal(err)
			}
			if got := project.ServiceNames(); !slices.Equal(got, tt.services) {
				t.Errorf("services = %v, want %v", got, tt.services)
			}
			for name, service := range project.Services {
				checkService(t, project, name, service)
			}
		})
	}
}

// checkService holds a service against what all of them have in common.
func checkService(t *testing.T, project *types.Project, name string, service types.ServiceConfig) {
	t.Helper()
	if !slices.Contains(service.SecurityOpt, "no-new-privileges:true") && name != "db" {
		t.Errorf("%s may gain privileges", name)
	}
	if (!service.ReadOnly || !slices.Equal(service.CapDrop, []string{"ALL"})) && name != "db" {
		t.Errorf("%s may write everywhere, or keeps capabilities", name)
	}
	for _, port := range service.Ports {
		if ip := net.ParseIP(port.HostIP); ip == nil || !ip.IsLoopback() {
			t.Errorf("%s publishes %s to other machines, unless told so", name, port.Published)
		}
	}
	for _, volume := range service.Volumes {
		if volume.Type == types.VolumeTypeBind && !exists(volume.Source) {
			t.Errorf("%s mounts %s, which does not exist", name, volume.Source)
		}
	}
	if service.Build == nil {
		return
	}
	known := variables(t)
	for variable := range service.Environment {
		if !known[variable] {
			t.Errorf("%s sets %s, which docs/configuration.md does not know", name, variable)
		}
	}
	if len(project.Services["db"].Networks) != 1 || !project.Networks["inside"].Internal {
		t.Error("the database can be reached from elsewhere")
	}
}

func exists(path string) bool {
	found, err := filepath.Glob(path)
	return err == nil && len(found) == 1
}

func TestComposeRoles(t *testing.T) {
	project, err := load(t, append(needed, "WEB_REPLICAS=4", "VERSION=1.2.3"), "docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	web, worker, migrate := project.Services["web"], project.Services["worker"], project.Services["migrate"]
	if *web.Deploy.Replicas != 4 || *worker.Deploy.Replicas != 1 {
		t.Errorf("replicas: web %d, worker %d, want 4 and 1", *web.Deploy.Replicas, *worker.Deploy.Replicas)
	}
	if got := web.Ports[0]; got.Published != "8000-8009" || got.Target != 8000 {
		t.Errorf("web is published at %s, want a port for each of up to ten replicas", got.Published)
	}
	for name, service := range map[string]types.ServiceConfig{"web": web, "worker": worker} {
		if service.DependsOn["migrate"].Condition != types.ServiceConditionCompletedSuccessfully {
			t.Errorf("%s does not wait for the migration", name)
		}
		if service.Image != "bibxml:1.2.3" {
			t.Errorf("%s runs %s", name, service.Image)
		}
	}
	if migrate.DependsOn["db"].Condition != types.ServiceConditionHealthy {
		t.Error("the migration does not wait for the database")
	}
	if got := worker.HealthCheck.Test; !slices.Equal(got, []string{"CMD", "bibxml", "health", "--worker"}) {
		t.Errorf("health check of the worker: %v", got)
	}
}

// Without its secrets nothing starts, instead of starting with an empty one.
func TestComposeNeedsSecrets(t *testing.T) {
	for _, missing := range needed {
		env := slices.DeleteFunc(slices.Clone(needed), func(variable string) bool { return variable == missing })
		name, _, _ := strings.Cut(missing, "=")
		if _, err := load(t, env, "docker-compose.yml", "docker-compose.monitor.yml"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}
