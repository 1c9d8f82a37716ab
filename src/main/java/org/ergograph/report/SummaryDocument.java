package org.ergograph.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ergograph.http.ActiveRequests;
import org.ergograph.observation.NodeIdentity;
import org.ergograph.observation.TimeSource;
import org.ergograph.system.SystemSampler;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Resource;
import org.ergograph.window.Window;

/** The data of the dashboard as a resource of MCP: the summary with the series on which most time was spent. Thread-safe. */
@Singleton
class SummaryDocument implements Resource {
    static final String URI = "ergograph://summary";
    /** How many series are in it, so that a model can read it. */
    static final int MAX_SERIES = 40;

    private static final JsonObject LISTED = Documents.listed(
            "uri",
            URI,
            "summary",
            "Live summary",
            "Requests, errors and percentiles of the last minutes, overall, by kind and of the " + MAX_SERIES
                    + " series on which most time was spent, with processor and memory.");

    private final NodeIdentity node;
    private final TimeSource time;
    private final Window window;
    private final SystemSampler system;
    private final ActiveRequests requests;

    @Inject
    SummaryDocument(NodeIdentity node, TimeSource time, Window window, SystemSampler system, ActiveRequests requests) {
        this.node = node;
        this.time = time;
        this.window = window;
        this.system = system;
        this.requests = requests;
    }

    @Override
    public String uri() {
        return URI;
    }

    @Override
    public JsonObject json() {
        return LISTED;
    }

    @Override
    public CompletionStage<Answer> read(Call call) {
        Summary summary =
                new Summary(node, node.uptime(time), window.snapshot(), system.latest(), requests.activeRequests());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SummaryJson.write(out, summary, Optional.empty(), MAX_SERIES);
        return Documents.read(URI, out.toString(StandardCharsets.UTF_8));
    }
}
