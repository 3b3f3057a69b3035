package ops

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// manifests gives what kustomize makes of a folder, by kind and name. Fields that Kubernetes does not know
// are faults, where the server would only drop them.
func manifests(t *testing.T, folder string) map[string]runtime.Object {
	t.Helper()
	if err := monitoring.AddToScheme(scheme.Scheme); err != nil {
		t.Fatal(err)
	}
	decoder := serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	made, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), filepath.Join(root, "ops", "kubernetes", folder))
	if err != nil {
		t.Fatal(err)
	}
	objects := map[string]runtime.Object{}
	for _, resource := range made.Resources() {
		content, err := resource.AsYAML()
		if err != nil {
			t.Fatal(err)
		}
		name := resource.GetKind() + "/" + resource.GetName()
		object, _, err := decoder.Decode(content, nil, nil)
		if err != nil {
			t.Errorf("%s of %s: %v", name, folder, err)
		}
		if resource.GetKind() == "Secret" {
			t.Errorf("%s of %s stands in the repository", name, folder)
		}
		objects[name] = object
	}
	return objects
}

// pods gives what runs, by the name of what starts it.
func pods(objects map[string]runtime.Object) map[string]core.PodTemplateSpec {
	found := map[string]core.PodTemplateSpec{}
	for name, object := range objects {
		switch o := object.(type) {
		case *apps.Deployment:
			found[name] = o.Spec.Template
		case *batch.Job:
			found[name] = o.Spec.Template
		}
	}
	return found
}

func TestManifests(t *testing.T) {
	for _, folder := range []string{"base", "overlays/example"} {
		t.Run(folder, func(t *testing.T) {
			objects := manifests(t, folder)
			running := pods(objects)
			for _, want := range []string{"Deployment/bibxml-web", "Deployment/bibxml-worker", "Job/bibxml-migrate"} {
				if _, found := running[want]; !found {
					t.Fatalf("there is no %s", want)
				}
			}
			for name, pod := range running {
				checkPod(t, name, pod, objects)
			}
			for name, object := range objects {
				if service, ok := object.(*core.Service); ok && !selects(service.Spec.Selector, running) {
					t.Errorf("%s selects no pods", name)
				}
				if config, ok := object.(*core.ConfigMap); ok {
					checkVariables(t, config)
				}
			}
		})
	}
}

func selects(selector map[string]string, running map[string]core.PodTemplateSpec) bool {
	for _, pod := range running {
		if labels.SelectorFromSet(selector).Matches(labels.Set(pod.Labels)) {
			return true
		}
	}
	return false
}

func checkVariables(t *testing.T, config *core.ConfigMap) {
	t.Helper()
	known := variables(t)
	for variable := range config.Data {
		if !known[strings.TrimSuffix(variable, "_FILE")] && variable != "GOMEMLIMIT" { // Go's own
			t.Errorf("%s sets %s, which docs/configuration.md does not know", config.Name, variable)
		}
	}
}

// checkPod holds a pod against the restricted profile of Kubernetes, and what else all of ours have in common.
func checkPod(t *testing.T, name string, pod core.PodTemplateSpec, objects map[string]runtime.Object) {
	t.Helper()
	spec := pod.Spec
	security := spec.SecurityContext
	if !*security.RunAsNonRoot || *security.RunAsUser != 10001 || security.SeccompProfile.Type != core.SeccompProfileTypeRuntimeDefault {
		t.Errorf("%s may run as root, or without seccomp", name)
	}
	if *spec.AutomountServiceAccountToken {
		t.Errorf("%s gets a token of the cluster, which it has no use for", name)
	}
	for _, container := range spec.Containers {
		own := container.SecurityContext
		if *own.AllowPrivilegeEscalation || !*own.ReadOnlyRootFilesystem || own.Capabilities.Drop[0] != "ALL" {
			t.Errorf("%s: %s may do more than it has to", name, container.Name)
		}
		if container.Resources.Limits.Memory().IsZero() || container.Resources.Requests.Cpu().IsZero() {
			t.Errorf("%s: %s says not how much it needs", name, container.Name)
		}
		for _, from := range container.EnvFrom {
			if from.SecretRef != nil {
				t.Errorf("%s has the Secret %s in its environment", name, from.SecretRef.Name)
			}
			if from.ConfigMapRef != nil && objects["ConfigMap/"+from.ConfigMapRef.Name] == nil {
				t.Errorf("%s: there is no ConfigMap %s", name, from.ConfigMapRef.Name)
			}
		}
		if probe := container.LivenessProbe; probe != nil && container.Name == "web" && probe.HTTPGet.Path == "/healthz/" {
			t.Errorf("%s is started anew when the database is away", name)
		}
	}
}

// Only the migration connects as the owner of the tables.
func TestManifestsOfTheDatabase(t *testing.T) {
	for name, pod := range pods(manifests(t, "base")) {
		var secrets []string
		for _, volume := range pod.Spec.Volumes {
			if volume.Secret != nil {
				secrets = append(secrets, volume.Secret.SecretName)
			}
			if volume.Projected == nil {
				continue
			}
			for _, source := range volume.Projected.Sources {
				for _, item := range source.Secret.Items {
					secrets = append(secrets, source.Secret.Name+" "+item.Key)
				}
			}
		}
		want := []string{"bibxml"}
		if name == "Job/bibxml-migrate" {
			want = []string{"bibxml API_SECRET", "bibxml SECRET_KEY", "bibxml-owner DATABASE_URL"}
		}
		if !slices.Equal(secrets, want) {
			t.Errorf("%s has the secrets %q, want %q", name, secrets, want)
		}
	}
}

func TestOneWorkerAtATime(t *testing.T) {
	worker := manifests(t, "base")["Deployment/bibxml-worker"].(*apps.Deployment)
	if *worker.Spec.Replicas != 1 || worker.Spec.Strategy.Type != apps.RecreateDeploymentStrategyType {
		t.Errorf("replicas %d, strategy %s", *worker.Spec.Replicas, worker.Spec.Strategy.Type)
	}
}

// The alarms of Prometheus are those of its operator as well (docs/operations.md says how).
func TestRulesSuitTheOperator(t *testing.T) {
	var spec monitoring.PrometheusRuleSpec
	if err := yaml.UnmarshalStrict([]byte(read(t, "ops", "prometheus", "rules", "bibxml.yml")), &spec); err != nil {
		t.Fatal(err)
	}
	if len(spec.Groups) == 0 {
		t.Error("there are no rules")
	}
}
