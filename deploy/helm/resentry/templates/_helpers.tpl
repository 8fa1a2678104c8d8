{{/* The beginning of every name here. */}}
{{- define "resentry.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What selects the pods of a part: (list $ "gateway"). */}}
{{- define "resentry.selector" -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* All labels of a part: (list $ "gateway"). */}}
{{- define "resentry.labels" -}}
{{ include "resentry.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
{{- end -}}

{{/* The image of a service: (list $ "ingest-gateway"). */}}
{{- define "resentry.image" -}}
{{- $image := (index . 0).Values.image -}}
{{- $name := printf "%s/%s:%s" $image.repository (index . 1) (default (index . 0).Chart.AppVersion $image.tag) -}}
{{- if $image.registry }}{{ $image.registry }}/{{ end }}{{ $name }}
{{- end -}}

{{- define "resentry.serviceAccount" -}}
{{- default (include "resentry.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{/* The settings of every service. Secrets are in none of them: they come by envFrom. */}}
{{- define "resentry.env" -}}
{{- $all := dict
      "ENV" "production"
      "PORT" "8080"
      "KAFKA_BOOTSTRAP_SERVERS" .Values.kafka.bootstrapServers
      "KAFKA_TOPIC_PREFIX" .Values.kafka.topicPrefix
      "KAFKA_REPLICATION_FACTOR" (toString .Values.kafka.replicationFactor)
      "KAFKA_ENVELOPE_PARTITIONS" (toString .Values.kafka.envelopePartitions)
      "KAFKA_ENVELOPE_RETENTION" .Values.kafka.envelopeRetention
      "DATABASE_PORT" (toString .Values.database.port)
      "DATABASE_NAME" .Values.database.name
      "DATABASE_USER" .Values.database.user
      "RESENTRY_PUBLIC_URL" .Values.publicUrl
      "RESENTRY_TRUSTED_PROXIES" "loopback,private" -}}
{{- if .Values.database.host }}{{ $_ := set $all "DATABASE_HOST" .Values.database.host }}{{ end -}}
{{- range $name, $value := merge (deepCopy .Values.settings) $all }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Of a pod: no root, no token of the cluster. */}}
{{- define "resentry.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "resentry.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Of a service: it lives, and it takes requests. */}}
{{- define "resentry.probes" -}}
startupProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /health/ready, port: http}
  periodSeconds: 5
  timeoutSeconds: 5
{{- end -}}

{{/* The annotations of the pods of a service: (list $ $part). */}}
{{- define "resentry.podAnnotations" -}}
{{- $annotations := deepCopy (index . 1).podAnnotations -}}
{{- if (index . 0).Values.prometheusAnnotations -}}
{{- $annotations = merge $annotations (dict "prometheus.io/scrape" "true" "prometheus.io/port" "8080" "prometheus.io/path" "/metrics") -}}
{{- end -}}
{{- toYaml $annotations -}}
{{- end -}}

{{/* Where pods go: (list $ $part "gateway"). Spread over machines where that can be. */}}
{{- define "resentry.placement" -}}
{{- $part := index . 1 -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "resentry.selector" (list (index . 0) (index . 2)) | nindent 8 }}
{{- with $part.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $part.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $part.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
