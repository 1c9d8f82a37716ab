package org.ergograph.notify.tools;

/** What the tools over alerting take and give. */
final class AlertSchemas {
    static final String SET_INPUT = """
            {"type":"object","additionalProperties":false,"required":["alert_name","metric_type","threshold_value"],"properties":{
            "alert_name":{"type":"string","minLength":1,"maxLength":100},
            "metric_type":{"type":"string","enum":["cpu","memory","execution_time","error_rate"],
            "description":"cpu, memory: percent of the host; execution_time: 95th percentile in seconds; error_rate: 0 to 1"},
            "threshold_value":{"type":"number"},
            "threshold_operator":{"type":"string","enum":["gt","lt","eq","gte","lte"],"default":"gt"},
            "alert_severity":{"type":"string","enum":["low","medium","high","critical"],"default":"medium",
            "description":"shown as info, warning, critical, emergency elsewhere"},
            "notification_channels":{"type":"array","minItems":1,"maxItems":10,"uniqueItems":true,
            "items":{"type":"string","minLength":1,"maxLength":64},"default":["log"]},
            "monitoring_scope":{"type":"string","enum":["system","automation","macro"],"default":"system",
            "description":"system: everything; automation: workflows; macro: calls of tools; nothing to cpu and memory"},
            "evaluation_period":{"type":"integer","minimum":30,"maximum":3600,"default":300,"description":"seconds"},
            "alert_cooldown":{"type":"integer","minimum":60,"maximum":7200,"default":900,"description":"seconds"},
            "auto_resolution":{"type":"boolean","default":false,
            "description":"noted only: there is no optimisation yet that an alert could start; alerts end by themselves anyway"}}}""";

    static final String SET_OUTPUT = """
            {"type":"object","required":["verdict","created","condition","severity","settingsApplied","findings","recommendations","nextActions"],
            "properties":{"verdict":{"type":"string"},"created":{"type":"boolean"},"condition":{"type":"string"},
            "unit":{"type":"string"},"severity":{"type":"string"},"autoResolution":{"type":"boolean"},
            "settingsApplied":{"type":"object"},"findings":{"type":"array","items":{"type":"string"}},
            "recommendations":{"type":"array","items":{"type":"string"}},
            "nextActions":{"type":"array","items":{"type":"object"}}}}""";

    static final String LIST_INPUT = """
            {"type":"object","additionalProperties":false,"properties":{
            "include_resolved":{"type":"boolean","default":false},
            "state":{"type":"string","enum":["pending","firing","resolving","resolved","no_data","error"],
            "description":"resolved needs include_resolved"},
            "severity":{"type":"string","enum":["info","warning","critical","emergency"]},
            "rule":{"type":"string","minLength":1,"maxLength":200,"description":"name or id"},
            "limit":{"type":"integer","minimum":1,"maximum":100,"default":20}}}""";

    static final String LIST_OUTPUT = """
            {"type":"object","required":["at","count","more","alerts"],"properties":{"at":{"type":"string"},
            "count":{"type":"integer"},"more":{"type":"boolean"},"alerts":{"type":"array","items":{"type":"object"}}}}""";

    static final String ACKNOWLEDGE_INPUT = """
            {"type":"object","additionalProperties":false,"required":["alert_id"],"properties":{
            "alert_id":{"type":"string","minLength":1,"maxLength":64},
            "owner":{"type":"string","minLength":1,"maxLength":200,"description":"who takes care; the caller if not given"},
            "comment":{"type":"string","maxLength":2000,"default":""},
            "expires_in":{"type":"integer","minimum":60,"maximum":31536000,"description":"seconds; with the alert if not given"}}}""";

    static final String ALERT_OUTPUT = """
            {"type":"object","required":["alert"],"properties":{"alert":{"type":"object"}}}""";

    static final String SILENCE_INPUT = """
            {"type":"object","additionalProperties":false,"properties":{
            "rule":{"type":"string","minLength":1,"maxLength":200,"description":"name of a rule"},
            "matchers":{"type":"array","minItems":1,"maxItems":20,"items":{"type":"object","additionalProperties":false,
            "required":["name","value"],"properties":{"name":{"type":"string","minLength":1,"maxLength":64},
            "value":{"type":"string","maxLength":500},"isRegex":{"type":"boolean","default":false},
            "isEqual":{"type":"boolean","default":true}}}},
            "duration":{"type":"integer","minimum":60,"maximum":2592000,"default":3600,"description":"seconds"},
            "created_by":{"type":"string","minLength":1,"maxLength":200},
            "comment":{"type":"string","maxLength":2000,"default":""}}}""";

    static final String SILENCE_OUTPUT = """
            {"type":"object","required":["silence"],"properties":{"silence":{"type":"object"}}}""";

    static final String BACK_TEST_INPUT = """
            {"type":"object","additionalProperties":false,"properties":{
            "rule":{"type":"string","minLength":1,"maxLength":200,"description":"name or id of a rule"},
            "condition":{"type":"string","minLength":1,"maxLength":2000,"description":"in place of a rule: p95 > 1, say"},
            "scope":{"type":"string","minLength":1,"maxLength":300,"default":"system","description":"of the condition: system, automation, macro, http, tool:search*"},
            "window":{"type":"integer","minimum":60,"maximum":2592000,"default":300,"description":"of the condition: how far it looks back, seconds"},
            "for":{"type":"integer","minimum":0,"maximum":604800,"default":0,"description":"of the condition: how long it has to hold, seconds"},
            "hours":{"type":"integer","minimum":1,"maximum":17520,"default":24},
            "from":{"type":"string","description":"in place of hours: 2026-01-31T12:00:00Z"},
            "to":{"type":"string","description":"now if not given"},
            "limit":{"type":"integer","minimum":0,"maximum":1000,"default":20,"description":"alerts that are listed; all are counted"}}}""";

    static final String BACK_TEST_OUTPUT = """
            {"type":"object","required":["coverage","from","to","step","totals","episodes"],"properties":{
            "coverage":{"type":"object","required":["result"],"properties":{"result":{"type":"string"}}},
            "from":{"type":"string"},"to":{"type":"string"},"step":{"type":"string"},"totals":{"type":"object"},
            "episodes":{"type":"array","items":{"type":"object"}},"listed":{"type":"integer"}}}""";

    private AlertSchemas() {}
}
