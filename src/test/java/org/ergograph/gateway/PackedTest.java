package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PackedTest {
    private static final JsonObject LONG = Texts.json("{'a':'" + "grüße ".repeat(500) + "'}");

    @Test
    void longResultIsShorterAndComesBackAsItWas() throws IOException {
        byte[] packed = Packed.pack(LONG, 100);
        assertThat(packed.length).isLessThan(200);
        assertThat(Packed.unpack(packed, 10_000)).isEqualTo(LONG);
    }

    @Test
    void shortResultAndOneThatWouldBecomeLongerAreLeftAsTheyAre() throws IOException {
        JsonObject small = Texts.json("{'a':1}");
        assertThat(Packed.pack(small, 100)).hasSize(8);
        assertThat(Packed.pack(small, 0)).hasSize(8);
        assertThat(Packed.unpack(Packed.pack(small, 0), 100)).isEqualTo(small);
    }

    @Test
    void whatIsNoResultIsRefused() {
        for (byte[] bytes : new byte[][] {{}, {7, 1}, {0, 'x'}, {1, 1, 2, 3}, {0, '[', ']'}}) {
            assertThatThrownBy(() -> Packed.unpack(bytes, 100)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void unpackingIsBounded() {
        byte[] packed = Packed.pack(LONG, 100);
        assertThatThrownBy(() -> Packed.unpack(packed, 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000");
    }
}
