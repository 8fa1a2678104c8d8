{{/* The deployment of a service that keeps nothing, and its budget: (list $ $part "api" "query-api"). */}}
{{- define "resentry.deployment" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $name := index . 2 -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "resentry.fullname" $root }}-{{ $name }}
  labels: {{- include "resentry.labels" (list $root $name) | nindent 4 }}
spec:
  {{- if not (dig "autoscaling" "enabled" false $part) }}
  replicas: {{ $part.replicas }}
  {{- end }}
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector:
    matchLabels: {{- include "resentry.selector" (list $root $name) | nindent 6 }}
  template:
    metadata:
      labels: {{- include "resentry.labels" (list $root $name) | nindent 8 }}
      annotations: {{- include "resentry.podAnnotations" (list $root $part) | nindent 8 }}
    spec:
      serviceAccountName: {{ include "resentry.serviceAccount" $root }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 45
      securityContext: {{- include "resentry.podSecurity" 10001 | nindent 8 }}
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ $name }}
          image: {{ include "resentry.image" (list $root (index . 3)) }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          securityContext: {{- include "resentry.containerSecurity" $root | nindent 12 }}
          ports:
            - {name: http, containerPort: 8080}
          env:
            {{- include "resentry.env" $root | nindent 12 }}
          envFrom:
            - secretRef: {name: {{ $root.Values.existingSecret | quote }}}
          {{- include "resentry.probes" $root | nindent 10 }}
          {{- if eq $name "api" }}
          # A pod that stops is still sent to until all of the cluster knows.
          lifecycle:
            preStop:
              exec:
                command: [sleep, "5"]
          {{- end }}
          resources: {{- toYaml $part.resources | nindent 12 }}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            {{- with $root.Values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        # Libraries with native code are unpacked there, and uploads wait.
        - name: tmp
          emptyDir: {sizeLimit: 1Gi}
        {{- with $root.Values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- include "resentry.placement" (list $root $part $name) | nindent 6 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "resentry.fullname" $root }}-{{ $name }}
  labels: {{- include "resentry.labels" (list $root $name) | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {{- include "resentry.selector" (list $root $name) | nindent 6 }}
{{- end -}}
