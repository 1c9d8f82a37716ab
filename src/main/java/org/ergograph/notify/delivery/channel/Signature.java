package org.ergograph.notify.delivery.channel;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a receiver that a message is ours and of now: {@code t=<seconds>,v1=<hex>}, where the second part is the HMAC-SHA256
 * of the seconds, a dot, and the very bytes of the body. Pure.
 */
final class Signature {
    static final String HEADER = "X-Ergograph-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(String key, Instant now, byte[] body) {
        String seconds = Long.toString(now.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(seconds.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
