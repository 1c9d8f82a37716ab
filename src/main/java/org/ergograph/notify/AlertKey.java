package org.ergograph.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ergograph.alert.Alert;
import org.ergograph.alert.condition.Subject;

/** What there is one open alert of: a rule and a subject. Immutable. */
record AlertKey(String ruleId, Subject subject) {
    static AlertKey of(Alert alert) {
        return new AlertKey(alert.rule().id(), alert.subject());
    }

    /** The same in at most 130 characters: the subject, which may be long, by its hash. */
    String column() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(subject.key().getBytes(StandardCharsets.UTF_8));
            return ruleId + ":" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
