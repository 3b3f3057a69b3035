package ops

import (
	"context"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

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
			project, err := load(t, nil, strings.Fields(tt.files)...)
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
	if service.MemLimit == 0 {
		t.Errorf("%s may take all the memory of the machine", name)
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
		if !known[strings.TrimSuffix(variable, "_FILE")] && variable != "GOMEMLIMIT" { // Go's own
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
	project, err := load(t, []string{"WEB_REPLICAS=4", "VERSION=1.2.3"}, "docker-compose.yml")
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

// Secrets come from files and stand in no environment, which docker inspect shows. Each service has only those that it needs.
func TestComposeSecrets(t *testing.T) {
	project, err := load(t, nil, "docker-compose.yml", "docker-compose.monitor.yml")
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range project.Secrets {
		if filepath.Base(secret.File) != name || filepath.Base(filepath.Dir(secret.File)) != "secrets" {
			t.Errorf("secret %s comes from %q", name, secret.File)
		}
	}
	for name, want := range map[string][]string{
		"db": {"db_owner_secret", "db_secret"}, "migrate": {"api_secret", "db_owner_secret", "secret_key"},
		"web": {"api_secret", "db_secret", "secret_key"}, "worker": {"api_secret", "db_secret", "secret_key"},
		"prometheus": {"api_secret"}, "alertmanager": nil, "grafana": {"grafana_secret"}, "riverui": {"api_secret", "db_secret"},
	} {
		service := project.Services[name]
		var got []string
		for _, secret := range service.Secrets {
			got = append(got, secret.Source)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s has the secrets %v, want %v", name, got, want)
		}
		for variable := range service.Environment {
			if isSecret(variable) && !strings.HasSuffix(variable, "_FILE") {
				t.Errorf("%s has the secret %s in its environment", name, variable)
			}
		}
	}
}

func isSecret(variable string) bool {
	return strings.Contains(variable, "SECRET") || strings.Contains(variable, "PASS")
}

// Only the migration connects as the owner of the tables.
func TestComposeRolesOfTheDatabase(t *testing.T) {
	project, err := load(t, nil, "docker-compose.yml", "docker-compose.monitor.yml")
	if err != nil {
		t.Fatal(err)
	}
	value := func(service, variable string) string {
		if found := project.Services[service].Environment[variable]; found != nil {
			return *found
		}
		return ""
	}
	owner, app := value("db", "POSTGRES_USER"), value("db", "APP_USER")
	if owner == app || value("migrate", "DB_USER") != owner || value("migrate", "DB_GRANT_TO") != app {
		t.Errorf("owner %q, role %q, the migration is %q and grants to %q", owner, app, value("migrate", "DB_USER"), value("migrate", "DB_GRANT_TO"))
	}
	for _, user := range []string{value("web", "DB_USER"), value("worker", "DB_USER"), value("riverui", "PGUSER")} {
		if user != app {
			t.Errorf("%q connects instead of %q", user, app)
		}
	}
}

// Go's memory limit leaves a tenth of the container's for what it does not count.
func TestComposeMemory(t *testing.T) {
	project, err := load(t, nil, "docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"web", "worker"} {
		service := project.Services[name]
		megabytes, err := strconv.ParseInt(strings.TrimSuffix(*service.Environment["GOMEMLIMIT"], "MiB"), 10, 64)
		if err != nil || megabytes<<20 > int64(service.MemLimit)*9/10 {
			t.Errorf("%s: GOMEMLIMIT is %d MiB, %v; the container has %d bytes", name, megabytes, err, service.MemLimit)
		}
	}
}

// River UI can cancel jobs: nobody gets in without the secret of the management.
func TestRiverUI(t *testing.T) {
	project, err := load(t, nil, "docker-compose.yml", "docker-compose.monitor.yml")
	if err != nil {
		t.Fatal(err)
	}
	service := project.Services["riverui"]
	if service.HealthCheck == nil || service.HealthCheck.Disable {
		t.Error("it has no health check")
	}
	start := strings.Join(service.Command, "\n")
	started := strings.Index(start, "exec /bin/riverui")
	for _, part := range []string{"RIVER_BASIC_AUTH_PASS=$(cat /run/secrets/api_secret)", `[ -n "$RIVER_BASIC_AUTH_PASS" ] || {`, "export PGPASSWORD RIVER_BASIC_AUTH_PASS"} {
		if at := strings.Index(start, part); at < 0 || at > started {
			t.Errorf("it starts without %s:\n%s", part, start)
		}
	}
	if user := service.Environment["RIVER_BASIC_AUTH_USER"]; user == nil || *user != "ietf" {
		t.Error("it lets everybody in: RIVER_BASIC_AUTH_USER is not set")
	}
}
