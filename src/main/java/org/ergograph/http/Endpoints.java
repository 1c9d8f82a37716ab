package org.ergograph.http;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a request that no resource method took: {@code static} for a file, {@code unmatched} for what found nothing,
 * else the pattern that the servlet is mapped to. Never the path. Thread-safe.
 */
final class Endpoints {
    static final String STATIC = "static";
    static final String UNMATCHED = "unmatched";
    /** More patterns than an application has servlets. */
    private static final int MAX_PATTERNS = 500;

    private final Recorder recorder;
    private final SeriesByMethod files = new SeriesByMethod(STATIC);
    private final SeriesByMethod unmatched = new SeriesByMethod(UNMATCHED);
    private final Map<String, SeriesByMethod> patterns = new ConcurrentHashMap<>();

    Endpoints(Recorder recorder) {
        this.recorder = recorder;
    }

    /** @param mapping of the servlet that took the request, null if unknown */
    Series of(int method, int status, @Nullable HttpServletMapping mapping) {
        return endpoint(status, mapping).of(method, recorder);
    }

    private SeriesByMethod endpoint(int status, @Nullable HttpServletMapping mapping) {
        if (isFile(mapping)) {
            return status < 400 ? files : unmatched;
        }
        if (mapping == null) {
            return unmatched;
        }
        // A servlet at exactly this path was found, whatever it says of what was asked of it.
        boolean found = mapping.getMappingMatch() == MappingMatch.EXACT;
        if (!found && (status == 404 || status == 405 || status == 406 || status == 415)) {
            return unmatched;
        }
        String pattern = mapping.getPattern();
        SeriesByMethod known = patterns.get(pattern);
        if (known != null) {
            return known;
        }
        if (patterns.size() >= MAX_PATTERNS) {
            return unmatched;
        }
        return patterns.computeIfAbsent(pattern, key -> new SeriesByMethod(key.startsWith("/") ? key : "/" + key));
    }

    /** The default servlet answers what no other is mapped to; the context root is its welcome file. */
    static boolean isFile(@Nullable HttpServletMapping mapping) {
        if (mapping == null) {
            return false;
        }
        MappingMatch match = mapping.getMappingMatch();
        return match == null || match == MappingMatch.DEFAULT || match == MappingMatch.CONTEXT_ROOT;
    }
}
