package org.ergograph.notify.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool, of Debian's package {@code prometheus}. */
final class Promtool {
    /** What it said, and whether it was content. */
    record Answer(boolean ok, String text) {}

    private Promtool() {}

    /** Skips the test where there is no promtool; in continuous integration it has to be there. */
    static void require() {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        if (!there) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("there is no promtool, which is in Debian's package prometheus");
            }
            System.out.println("skipped: promtool is not installed (Debian's package prometheus)");
        }
        assumeTrue(there, "there is no promtool");
    }

    static Answer run(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("promtool does not end: " + text);
        }
        return new Answer(process.exitValue() == 0, text);
    }
}
