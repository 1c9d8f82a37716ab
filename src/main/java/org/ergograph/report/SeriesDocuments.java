package org.ergograph.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.Kind;
import org.ergograph.tool.Answer;
import org.ergograph.tool.Arguments;
import org.ergograph.tool.Call;
import org.ergograph.tool.ProtocolException;
import org.ergograph.tool.ResourceTemplate;
import org.ergograph.web.JsonText;
import org.ergograph.window.Distribution;
import org.ergograph.window.SeriesWindow;
import org.ergograph.window.WindowSnapshot;
import org.jspecify.annotations.Nullable;

/** One series of the live window as a resource of MCP, by kind and name. Thread-safe. */
@Singleton
class SeriesDocuments implements ResourceTemplate {
    private static final String PREFIX = "ergograph://series/";
    private static final JsonObject LISTED = Documents.listed(
            "uriTemplate",
            PREFIX + "{kind}/{name}",
            "series",
            "One series",
            "Count, errors, rate and percentiles of one series in the last minutes; kind is http, db, workflow, tool, mcp,"
                    + " external, method or admin; name is percent-encoded, GET%20%2Fapi%2Fv1%2Fservers say.");

    private final KnownSeries known;

    @Inject
    SeriesDocuments(KnownSeries known) {
        this.known = known;
    }

    /** What a URI names. */
    private record Named(Kind kind, String name) {}

    @Override
    public JsonObject json() {
        return LISTED;
    }

    @Override
    public boolean matches(String uri) {
        return parse(uri) != null;
    }

    private static @Nullable Named parse(String uri) {
        if (!uri.startsWith(PREFIX)) {
            return null;
        }
        int slash = uri.indexOf('/', PREFIX.length());
        Optional<Kind> kind = slash < 0 ? Optional.empty() : Kind.parse(uri.substring(PREFIX.length(), slash));
        if (kind.isEmpty() || slash + 1 == uri.length()) {
            return null;
        }
        try {
            // A plus is a plus in a path; only forms make a blank of it.
            String encoded = uri.substring(slash + 1).replace("+", "%2B");
            return new Named(kind.get(), URLDecoder.decode(encoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null; // a percent sign that is none of an encoding
        }
    }

    static String uri(Kind kind, String name) {
        return PREFIX + kind.label() + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public CompletionStage<Answer> read(Call call) {
        Named named = parse(call.name());
        WindowSnapshot window = known.snapshot();
        Optional<SeriesWindow> found =
                named == null ? Optional.empty() : known.find(window, named.kind(), named.name());
        return found.map(series ->
                        Documents.read(call.name(), json(window, series).toString()))
                .orElseGet(() -> CompletableFuture.failedFuture(new ProtocolException(
                        ProtocolException.INVALID_PARAMS,
                        "there is no such series in the live window; completion of name lists those that there are",
                        JsonText.object().add("uri", call.name()).build())));
    }

    private static JsonObject json(WindowSnapshot window, SeriesWindow series) {
        Distribution calls = series.distribution();
        JsonObjectBuilder attributes = JsonText.object();
        series.series().attributes().forEach(attributes::add);
        JsonObjectBuilder json = JsonText.object()
                .add("kind", series.series().kind().label())
                .add("name", series.series().name())
                .add("attributes", attributes)
                .add("from", window.at().minus(window.covered()).toString())
                .add("to", window.at().toString())
                .add("count", calls.count())
                .add("errors", calls.errors());
        number(json, "errorRate", calls.errorRate());
        number(json, "ratePerSecond", OptionalDouble.of(window.ratePerSecond(calls)));
        number(json, "meanSeconds", calls.meanSeconds());
        for (int percent : List.of(50, 90, 95, 99)) {
            number(json, "p" + percent + "Seconds", calls.quantileSeconds(percent / 100.0));
        }
        number(json, "minSeconds", calls.quantileSeconds(0));
        number(json, "maxSeconds", calls.quantileSeconds(1));
        return json.build();
    }

    private static void number(JsonObjectBuilder json, String name, OptionalDouble value) {
        value.ifPresent(present -> json.add(name, BigDecimal.valueOf(present).round(MathContext.DECIMAL32)));
    }

    @Override
    public CompletionStage<List<String>> complete(String variable, String typed, Call call) {
        List<String> values = switch (variable) {
            case "kind" -> KnownSeries.kinds(typed);
            case "name" ->
                Optional.ofNullable(new Arguments(call.arguments()).text("kind"))
                        .flatMap(Kind::parse)
                        .map(kind -> known.names(kind, typed))
                        .orElse(List.of());
            default -> List.of();
        };
        return CompletableFuture.completedFuture(values);
    }
}
