package org.ergograph.notify.delivery.channel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What an answer of HTTP means for a message. Pure. */
final class Answers {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final int MAX_SHOWN = 200;

    private Answers() {}

    /**
     * @param retryAfter the header {@code Retry-After}; null if there is none
     * @param body the beginning of the answer
     */
    static Delivered of(int status, @Nullable String retryAfter, String body, Instant now) {
        String said = Texts.line(body, MAX_SHOWN).strip();
        String detail = "HTTP " + status + (said.isEmpty() ? "" : ": " + said);
        if (status >= 200 && status < 300) {
            return new Delivered.Sent(detail);
        }
        boolean later = status == REQUEST_TIMEOUT || status == TOO_EARLY || status == TOO_MANY_REQUESTS;
        if (status >= 500 || later) {
            return new Delivered.Failed(detail, wait(retryAfter, now));
        }
        // Redirections are not followed: the operator has to give the right URL.
        return new Delivered.Refused(detail);
    }

    /** Seconds or a date; null if it is neither. At most an hour. */
    static @Nullable Duration wait(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        try {
            String text = retryAfter.strip();
            Duration wait = text.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
