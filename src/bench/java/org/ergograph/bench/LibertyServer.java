package org.ergograph.bench;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One Open Liberty server of a benchmark: its own configuration, process and port, the same JVM options for all. */
final class LibertyServer implements AutoCloseable {
    private final String name;
    private final int port;
    private final Path log;
    private final Process launcher;
    private final ProcessHandle java;

    private LibertyServer(String name, int port, Path log, Process launcher, ProcessHandle java) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.launcher = launcher;
        this.java = java;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param wlp the installation
     * @param configuration directory with server.xml, copied
     * @param war deployed as ergograph.war
     * @param variables Liberty variables that override those of server.xml
     */
    static LibertyServer start(
            Path wlp,
            Path work,
            String name,
            int port,
            Path configuration,
            Path war,
            Path drivers,
            Map<String, String> variables)
            throws Exception {
        Path user = work.resolve(name);
        delete(user);
        Path server = user.resolve("servers").resolve(name);
        copyTree(configuration, server);
        Files.createDirectories(server.resolve("apps"));
        Files.copy(war, server.resolve("apps/ergograph.war"), StandardCopyOption.REPLACE_EXISTING);
        copyTree(drivers, server.resolve("lib/global"));
        Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
        String lines = variables.entrySet().stream()
                .map(v -> "  <variable name=\"" + v.getKey() + "\" value=\"" + v.getValue() + "\"/>\n")
                .collect(Collectors.joining());
        Files.writeString(overrides.resolve("bench.xml"), "<server>\n" + lines + "</server>\n");
        Files.writeString(server.resolve("jvm.options"), "-Xms256m\n-Xmx512m\n");
        Files.writeString(server.resolve("server.env"), "keystore_password=benchmark\n");

        Path log = user.resolve("console.log");
        ProcessBuilder builder = new ProcessBuilder(wlp.resolve("bin/server").toString(), "run", name);
        builder.environment().put("WLP_USER_DIR", user.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process launcher = builder.start();
        String url = "http://127.0.0.1:" + port + "/api/v1/hello";
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!answers(url)) {
            if (System.nanoTime() > deadline || !launcher.isAlive()) {
                destroy(launcher);
                throw new IllegalStateException(name + " did not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        ProcessHandle java = Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants())
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        return new LibertyServer(name, port, log, launcher, java);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Path log() {
        return log;
    }

    long pid() {
        return java.pid();
    }

    /** Processor time that the server has used so far, user and system. */
    Duration cpu() {
        return java.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        java.destroy();
        if (!launcher.waitFor(30, TimeUnit.SECONDS)) {
            destroy(launcher);
        }
    }

    private static void destroy(Process launcher) {
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly();
    }

    private static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            List<File> all =
                    files.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).toList();
            for (File file : all) {
                Files.delete(file.toPath());
            }
        }
    }
}
