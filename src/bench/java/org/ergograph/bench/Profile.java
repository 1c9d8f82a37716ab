package org.ergograph.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a server's processor time goes while it is under load, by a recording of its own JVM. */
final class Profile {
    private Profile() {}

    /** Records while the load runs, then prints the share of samples by whose code was at work. */
    static void print(long pid, Path file, Runnable load) throws Exception {
        Files.deleteIfExists(file);
        jcmd(pid, "JFR.start", "name=bench", "settings=profile");
        load.run();
        jcmd(pid, "JFR.dump", "name=bench", "filename=" + file);
        jcmd(pid, "JFR.stop", "name=bench");
        Map<String, Integer> owners = new LinkedHashMap<>();
        int samples = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    samples++;
                    owners.merge(owner(event.getStackTrace().getFrames()), 1, Integer::sum);
                }
            }
        }
        int all = samples;
        System.out.println("profile: " + all + " samples of running Java code");
        owners.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .forEach(one ->
                        System.out.printf(Locale.ROOT, "  %5.1f%%  %s%n", 100.0 * one.getValue() / all, one.getKey()));
    }

    /** Whose code was at work: the innermost frame that is not the platform's decides. */
    private static String owner(List<RecordedFrame> frames) {
        for (int i = 0; i < frames.size(); i++) {
            String type = frames.get(i).getMethod().getType().getName();
            if (type.startsWith("org.ergograph.")) {
                String[] parts = type.split("\\.", -1);
                return "ergograph " + parts[2];
            }
            if (type.startsWith("io.smallrye.metrics") || type.startsWith("io.micrometer")) {
                return "MicroProfile Metrics, brought up to date by us";
            }
            if (type.startsWith("org.postgresql")) {
                return "PostgreSQL driver, writing rows";
            }
            if (type.startsWith("io.opentelemetry") || type.startsWith("io.openliberty.microprofile.telemetry")) {
                return "MicroProfile Telemetry";
            }
            if (type.startsWith("org.jboss.resteasy") || type.startsWith("org.jboss.weld")) {
                return "JAX-RS and CDI";
            }
            if (type.startsWith("com.ibm.") || type.startsWith("io.openliberty")) {
                return "Open Liberty";
            }
        }
        return "the Java platform";
    }

    private static void jcmd(long pid, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(pid));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("failed: " + command);
        }
    }
}
