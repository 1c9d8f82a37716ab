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

/** The prompt that finds out what is slow, and why. Thread-safe. */
@Singleton
class InvestigateLatency implements Prompt {
    private static final Comparator<SeriesWindow> SLOWEST = Comparator.comparingDouble((SeriesWindow each) ->
                    each.distribution().quantileSeconds(0.99).orElse(0))
            .reversed();

    private final KnownSeries known;
    private final Guide guide;

    @Inject
    InvestigateLatency(KnownSeries known) {
        this.known = known;
        this.guide = new Guide(
                "investigate_latency",
                "Investigate latency",
                "Finds out what is slow on this server, since when and why.",
                known,
                this::text);
    }

    private String text(@Nullable String target) {
        String scope =
                target == null ? "monitoring_scope=system" : "monitoring_scope=specific, target_id=`" + target + "`";
        return "Find out what is slow on this server" + (target == null ? "" : ", of the series `" + target + "`")
                + ", since when and why.\n\n"
                + "The slowest series of the last minutes, by p99:\n"
                + known.lines(SLOWEST, each -> true, 8)
                + "\nProceed so:\n"
                + "1. Read the resource " + SummaryDocument.URI + " for the whole picture.\n"
                + "2. Call the tool km_monitor_performance with " + scope
                + ", monitoring_duration=30, include_historical=true: it says if it is slow now, and if it was before.\n"
                + "3. Call it again with monitoring_scope=specific for the series that its busiest and nextActions name;"
                + " compare what is nested: http, mcp, tool, external, db. The time is where the sum of the parts is.\n"
                + "4. Look at processor, memory and heap in the same answer: a resource at its limit slows everything.\n"
                + "\nAnswer with the figures first (series, p50, p99, since when), then the cause and how sure you are, then"
                + " what to do and which figure will show that it helped. Times are UTC. Do not guess what was not measured.";
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
