package org.ergograph.registry;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.ergograph.outbound.OutboundPolicy;
import org.ergograph.web.JsonBody;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of an upstream server. Immutable.
 *
 * @param name unique; {@code <name>__<tool>} can be told apart, since it neither holds two underscores in a row nor ends in one
 * @param tags sorted, each once
 * @param credentialRef names a credential that the operator keeps elsewhere; null if it needs none
 */
record Draft(
        String name,
        String url,
        String transport,
        List<String> tags,
        @Nullable String credentialRef,
        Duration timeout) {
    private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");
    private static final int MAX_TAGS = 20;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    /**
     * Reads and checks it.
     *
     * @throws ProblemException 400 naming every fault, 422 where a rule of this server refuses URL or transport
     */
    static Draft from(JsonBody body, OutboundPolicy policy) {
        String name = body.text("name", 1, 64);
        if (!name.isEmpty() && !RegisteredServer.isName(name)) {
            body.fault(
                    "name",
                    name,
                    "1 to 64 of a-z, 0-9, - and _, beginning with a letter or digit, without two _ in a row or one at the end");
        }
        String url = body.text("url", 1, OutboundPolicy.MAX_URL_LENGTH);
        OutboundPolicy.Refused forbidden = null;
        if (!url.isEmpty() && policy.judge(url) instanceof OutboundPolicy.Refused refused) {
            if (refused.malformed()) {
                body.fault("url", url, refused.allowed());
            } else {
                forbidden = refused;
            }
        }
        String transport =
                body.oneOf("transport", Transport.STREAMABLE_HTTP, List.of(Transport.STREAMABLE_HTTP, Transport.STDIO));
        List<String> tags =
                body.texts("tags", MAX_TAGS, 64).stream().sorted().distinct().toList();
        for (String tag : tags) {
            if (!TAG.matcher(tag).matches()) {
                body.fault("tags", tag, "1 to 64 of a-z, 0-9, -, . and _, beginning with a letter or digit");
            }
        }
        String credentialRef = body.optionalText("credentialRef", 1, 200);
        if (credentialRef != null && !CREDENTIAL.matcher(credentialRef).matches()) {
            // Somebody may have sent the secret itself: it is not repeated.
            body.fault(
                    "credentialRef", "(not shown)", "the name of a credential: 1 to 200 of A-Z, a-z, 0-9, . / - and _");
        }
        Duration timeout = body.duration("timeout", DEFAULT_TIMEOUT, MIN_TIMEOUT, MAX_TIMEOUT);
        body.check();
        if (transport.equals(Transport.STDIO)) {
            throw ProblemException.unprocessable(
                    "transport",
                    transport,
                    Transport.STREAMABLE_HTTP + "; stdio comes from the server's configuration only");
        }
        if (forbidden != null) {
            throw refused(url, forbidden);
        }
        return new Draft(name, url, transport, tags, credentialRef, timeout);
    }

    /** 422: the policy forbids the URL. */
    static ProblemException refused(String url, OutboundPolicy.Refused refusal) {
        return ProblemException.unprocessable("url", url + " (" + refusal.reason() + ")", refusal.allowed());
    }
}
