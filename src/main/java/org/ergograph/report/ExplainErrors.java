package org.ergograph.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Call;
import org.ergograph.tool.Prompt;
import org.ergograph.window.SeriesWindow;
import org.jspecify.annotations.Nullable;

/** The prompt that finds out what fails, and why. Thread-safe. */
@Singleton
class ExplainErrors implements Prompt {
    private static final Comparator<SeriesWindow> MOST_ERRORS = Comparator.comparingLong(
                    (SeriesWindow each) -> each.distribution().errors())
            .reversed();

    private final KnownSeries known;
    private final Guide guide;

    @Inject
    ExplainErrors(KnownSeries known) {
        this.known = known;
        this.guide = new Guide(
                "explain_errors",
                "Explain errors",
                "Finds out what fails on this server, how often and why.",
                known,
                this::text);
    }

    private String text(@Nullable String target) {
        String scope =
                target == null ? "monitoring_scope=system" : "monitoring_scope=specific, target_id=`" + target + "`";
        return "Find out what fails on this server" + (target == null ? "" : ", of the series `" + target + "`")
                + ", how often and why.\n\n"
                + "The series with most errors in the last minutes:\n"
                + known.lines(MOST_ERRORS, each -> each.distribution().errors() > 0, 8)
                + "\nProceed so:\n"
                + "1. Read the resource " + SummaryDocument.URI + ": errorRate is a share, 0 to 1.\n"
                + "2. Call the tool km_monitor_performance with " + scope
                + ", metrics_types=[\"error_rate\",\"execution_time\",\"throughput\"], monitoring_duration=30,"
                + " include_historical=true: it says if it fails now, and if it did before.\n"
                + "3. Follow a failing request inwards: an error of http or mcp with one of tool or external in the same trace"
                + " has its cause there. The rows, with error type and trace id, are at"
                + " /api/v1/audit?outcome=error for people.\n"
                + "4. Errors at the time limit are slowness: see p99 of the same series.\n"
                + "\nAnswer with the figures first (series, errors of calls, since when), then the cause and how sure you"
                + " are, then what to do and which figure will show that it helped. Times are UTC. Do not guess what was not"
                + " measured.";
    }

    @Override
    public String name() {
        return guide.name();
    }

    @Override
    public JsonObject json() {
        return guide.json();
    }

    @Override
    public CompletionStage<Answer> get(Call call) {
        return guide.get(call);
    }

    @Override
    public CompletionStage<List<String>> complete(String argument, String typed, Call call) {
        return guide.complete(argument, typed);
    }
}
