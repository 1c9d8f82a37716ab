package org.ergograph.demo;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** By what this process knows the traffic that it makes itself; another one at every start. Immutable. */
@Singleton
class DemoSecret {
    /** The header that carries it. */
    static final String HEADER = "X-Ergograph-Demo";

    private final String value;

    @Inject
    DemoSecret() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        this.value = HexFormat.of().formatHex(bytes);
    }

    String value() {
        return value;
    }

    /** Whether this is it; takes as long whatever it differs in. */
    boolean is(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
