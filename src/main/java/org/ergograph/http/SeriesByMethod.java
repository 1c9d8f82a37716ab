package org.ergograph.http;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.Series;

/** The series of one endpoint, one for each method label, resolved when first asked for. Thread-safe. */
final class SeriesByMethod {
    private final String endpoint;
    private final AtomicReferenceArray<Series> series = new AtomicReferenceArray<>(HttpMethods.count());

    SeriesByMethod(String endpoint) {
        this.endpoint = endpoint;
    }

    Series of(int method, Recorder recorder) {
        Series known = series.get(method);
        if (known != null) {
            return known;
        }
        // The registry has one series for equal values: two threads that come here at once set the same.
        Series resolved = recorder.series(Kind.HTTP, HttpMethods.label(method), endpoint);
        series.set(method, resolved);
        return resolved;
    }
}
