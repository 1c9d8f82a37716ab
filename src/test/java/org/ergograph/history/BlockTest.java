package org.ergograph.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ergograph.history.names.Names.SeriesName;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Sample;
import org.ergograph.observation.Series;
import org.ergograph.observation.SeriesRegistry;
import org.ergograph.window.Distribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
    private final SeriesRegistry registry = new SeriesRegistry(1000);
    private final BlockWriter writer = new BlockWriter("node-a");

    /** A record as it went in or came out. */
    private record Told(String what) {}

    private @Nullable String text(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "t" + random.nextInt(20);
            case 1 -> "Ünïcode \u20ac " + random.nextInt(3);
            default -> null;
        };
    }

    private long number(Random random) {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private Told put(Random random) {
        Kind kind = List.of(Kind.values()).get(random.nextInt(Kind.values().length));
        String[] values = new String[kind.attributes().size()];
        Arrays.setAll(values, i -> "v" + random.nextInt(10));
        Series series = registry.resolve(kind, values);
        return switch (random.nextInt(10)) {
            case 0 -> tally(random, series);
            case 1 -> sample(random);
            case 2 -> omission(random);
            default -> row(random, series);
        };
    }

    private Told tally(Random random, Series series) {
        Distribution tally = Distribution.of(random.nextInt(2), random.nextInt(1_000_000), random.nextInt(1000), 0);
        long second = random.nextInt();
        writer.tally(series, second, tally);
        return told(SeriesName.of(series), second, tally);
    }

    private Told sample(Random random) {
        Sample sample = new Sample(
                "s" + random.nextInt(5), "By", Instant.ofEpochSecond(random.nextInt()), random.nextGaussian());
        writer.sample(sample);
        return told(SeriesName.ofSample(sample.name(), "By"), sample.at().getEpochSecond(), sample.value());
    }

    private Told omission(Random random) {
        Omission reason = List.of(Omission.values()).get(random.nextInt(3));
        long minute = random.nextInt();
        long count = number(random);
        writer.omission(minute, reason, count);
        return told(minute, reason, count);
    }

    private Told row(Random random, Series series) {
        long start = random.nextBoolean() ? random.nextLong() : 1_790_000_000_000_000_000L + number(random);
        long duration = number(random);
        int status = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << 16);
        String error = text(random);
        String principal = text(random);
        long high = random.nextInt(3);
        long low = random.nextInt(3);
        long request = random.nextBoolean() ? -1 : number(random);
        long response = random.nextBoolean() ? -1 : number(random);
        writer.take(series, start, duration, status, error, high, low, principal, request, response);
        return told(SeriesName.of(series), start, duration, status, error, high, low, principal, request, response);
    }

    private static Told told(@Nullable Object... parts) {
        List<@Nullable Object> words = new ArrayList<>();
        for (Object part : parts) {
            words.add(
                    part instanceof Distribution d
                            ? d.count() + " " + d.errors() + " " + d.sumNanos() + " " + d.minNanos() + " "
                                    + d.maxNanos() + " " + Arrays.toString(d.encode())
                            : part);
        }
        return new Told(words.toString());
    }

    private static @Nullable String text(BlockReader reader, int number) {
        return number == 0 ? null : reader.texts().get(number - 1);
    }

    private static Told next(BlockReader reader) throws BlockException {
        int type = reader.next();
        if (type == BlockFormat.OMISSION) {
            return told(reader.epochMinute, reader.reason, reader.omitted);
        }
        SeriesName series = reader.seriesNames().get(reader.series);
        return switch (type) {
            case BlockFormat.ROW ->
                told(
                        series,
                        reader.startEpochNanos,
                        reader.durationNanos,
                        reader.status,
                        text(reader, reader.errorType),
                        reader.traceIdHigh,
                        reader.traceIdLow,
                        text(reader, reader.principal),
                        reader.requestBytes,
                        reader.responseBytes);
            case BlockFormat.TALLY -> told(series, reader.epochSecond, reader.distribution);
            default -> told(series, reader.epochSecond, reader.value);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatWentInComesOut(long seed) throws BlockException {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<Told> in = new ArrayList<>();
            int size = 1 + random.nextInt(300);
            for (int i = 0; i < size; i++) {
                in.add(put(random));
            }
            BlockReader reader = new BlockReader(writer.finish(), size);
            reader.check();
            assertThat(reader.node()).isEqualTo("node-a");
            List<Told> out = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                out.add(next(reader));
            }
            assertThat(out).isEqualTo(in);
            reader.rewind();
            assertThat(next(reader)).isEqualTo(in.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void damageIsToldAndNeverWorse(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            int size = 1 + random.nextInt(20);
            for (int i = 0; i < size; i++) {
                put(random);
            }
            byte[] payload = writer.finish();
            byte[] damaged =
                    random.nextBoolean() ? Arrays.copyOf(payload, random.nextInt(payload.length)) : payload.clone();
            if (damaged.length == payload.length) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                new BlockReader(damaged, size).check();
            } catch (BlockException e) {
                assertThat(e).hasMessageStartingWith("block of the audit journal: ");
            }
        }
    }

    @Test
    void anotherVersionIsNotRead() {
        writer.omission(1, Omission.SAMPLED, 1);
        byte[] payload = writer.finish();
        payload[0] = 2;
        assertThatThrownBy(() -> new BlockReader(payload, 1))
                .isInstanceOf(BlockException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void anotherTypeOfRecordIsNotRead() {
        writer.omission(1, Omission.SAMPLED, 1);
        byte[] payload = writer.finish();
        payload[payload.length - 4] = 6;
        assertThatThrownBy(() -> new BlockReader(payload, 1).check())
                .isInstanceOf(BlockException.class)
                .hasMessageContaining("type 6");
    }

    @Test
    void rowsOfATraceTakeFewBytes() {
        Series series = registry.resolve(Kind.HTTP, "GET", "/api/v1/servers/{id}");
        for (int i = 0; i < 1000; i++) {
            long trace = 1_000_003L * (i / 4);
            writer.take(
                    series,
                    1_790_000_000_000_000_000L + i * 250_000L,
                    1_500_000,
                    200,
                    null,
                    trace,
                    -trace,
                    null,
                    -1,
                    512);
        }
        assertThat(writer.finish().length).isLessThan(20 * 1000);
    }
}
