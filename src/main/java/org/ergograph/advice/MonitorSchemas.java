package org.ergograph.advice;

import java.util.stream.Collectors;

/** What the monitoring tool takes and gives. */
final class MonitorSchemas {
    static final String INPUT = """
            {"type":"object","additionalProperties":false,"required":["monitoring_scope"],"properties":{
            "monitoring_scope":{"type":"string","enum":["system","automation","macro","specific"],
            "description":"system: all HTTP requests; automation: workflow runs; macro: calls of tools; specific: one series"},
            "target_id":{"type":"string","minLength":1,"maxLength":460,
            "description":"automation: a workflow; macro: a tool; specific: a series as kind:name, http:GET /api/v1/servers say"},
            "metrics_types":{"type":"array","minItems":1,"uniqueItems":true,"items":{"type":"string","enum":[%s]},
            "default":["cpu","memory","execution_time"]},
            "monitoring_duration":{"type":"number","minimum":1,"maximum":3600,"default":60,"description":"seconds"},
            "sampling_interval":{"type":"number","minimum":0.1,"maximum":60,"default":1.0,"description":"seconds"},
            "include_historical":{"type":"boolean","default":false,"description":"compare with the 24 hours before"},
            "alert_thresholds":{"type":"object","additionalProperties":false,"properties":{%s},
            "description":"told where a sample is over it: cpu, memory, heap, disk in percent; network in bytes/s; execution_time p95 in s; error_rate 0 to 1; throughput in 1/s"},
            "export_format":{"type":"string","enum":["json","csv","dashboard"],"default":"json"}}}""".formatted(
                    Watched.labels().stream().map(MonitorSchemas::quoted).collect(Collectors.joining(",")),
                    Watched.labels().stream()
                            .map(label -> quoted(label) + ":{\"type\":\"number\",\"minimum\":0"
                                    + (label.equals("error_rate") ? ",\"maximum\":1" : "") + "}")
                            .collect(Collectors.joining(",")));

    static final String OUTPUT = """
            {"type":"object","required":["verdict","from","to","samples","findings","recommendations","nextActions"],"properties":{
            "verdict":{"type":"string"},"from":{"type":"string"},"to":{"type":"string"},"target":{"type":"string"},
            "samplingIntervalSeconds":{"type":"number"},"samples":{"type":"integer"},"missedSamples":{"type":"integer"},
            "execution":{"type":"object"},"metrics":{"type":"array","items":{"type":"object"}},
            "panels":{"type":"array","items":{"type":"object"}},"historical":{"type":"object"},
            "findings":{"type":"array","items":{"type":"object"}},
            "recommendations":{"type":"array","items":{"type":"object"}},
            "nextActions":{"type":"array","items":{"type":"object"}},"note":{"type":"string"}}}""";

    private MonitorSchemas() {}

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
