package org.ergograph.advice;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ergograph.history.query.RecordedFigures;
import org.ergograph.window.Window;
import org.jspecify.annotations.Nullable;

/** Asks the record what was before. Thread-safe. */
interface PastCalls {
    /** The figures of the record from one moment, inclusive, to another, exclusive; fails if the database does not answer. */
    CompletionStage<RecordedFigures> figures(Target target, Instant from, Instant to);

    /** What was before this moment; never fails. */
    default CompletionStage<@Nullable Past> of(Target target, Instant to, Window window) {
        return figures(target, to.minus(Past.LENGTH), to)
                .handle((figures, failure) -> Past.of(failure == null ? figures : null, to, window.snapshot()));
    }
}
