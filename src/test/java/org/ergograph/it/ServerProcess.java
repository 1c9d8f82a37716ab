package org.ergograph.it;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server in a process of its own, with the shipped configuration or another, that can be killed. For tests and benchmarks
 * that no managed container serves.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final int port;
    private final Path log;
    private final Process launcher;
    private final ProcessHandle java;

    private ServerProcess(int port, Path log, Process launcher, ProcessHandle java) {
        this.port = port;
        this.log = log;
        this.launcher = launcher;
        this.java = java;
    }

    /**
     * Starts Open Liberty and waits until the path answers 200. The server's directory is made anew; what variables name
     * elsewhere, the data directory say, is left as it is.
     *
     * @param wlp the installation
     * @param home the server's directory
     * @param configuration directory with server.xml, copied
     * @param war deployed as ergograph.war
     * @param variables Liberty variables that override those of server.xml; without a word on it there is no demonstration,
     *     whose traffic would be counted
     */
    public static ServerProcess liberty(
            Path wlp, Path home, int port, Path configuration, Path war, String path, Map<String, String> variables)
            throws Exception {
        String name = home.getFileName().toString();
        Path server = home.resolve("servers").resolve(name);
        delete(server);
        copyTree(configuration, server);
        Files.createDirectories(server.resolve("apps"));
        Files.copy(war, server.resolve("apps/ergograph.war"), StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(server.resolve("lib/global"));
        for (Path driver : drivers()) {
            Files.copy(driver, server.resolve("lib/global").resolve(driver.getFileName()));
        }
        Map<String, String> overridden = new TreeMap<>(Map.of("ergograph.demo", "false"));
        overridden.putAll(variables);
        String lines = overridden.entrySet().stream()
                .map(v -> "  <variable name=\"" + v.getKey() + "\" value=\"" + v.getValue() + "\"/>\n")
                .collect(Collectors.joining());
        Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
        Files.writeString(
                overrides.resolve("test.xml"),
                "<server>\n" + lines + "  <variable name=\"http.port\" value=\"" + port
                        + "\"/>\n  <variable name=\"https.port\" value=\"" + (port + 1_000) + "\"/>\n</server>\n");
        Files.writeString(server.resolve("jvm.options"), "-Xms256m\n-Xmx512m\n");
        ProcessBuilder builder =
                new ProcessBuilder(wlp.toAbsolutePath().resolve("bin/server").toString(), "run", name);
        builder.environment().put("WLP_USER_DIR", home.toAbsolutePath().toString());
        return start(builder, home.resolve("console.log"), port, path);
    }

    /**
     * Starts the server of this name with the WAR as the build made it and the shipped configuration, on the port for such
     * processes, and waits until its database is migrated.
     *
     * @param name {@code liberty} or {@code payara}
     */
    static ServerProcess shipped(String name, Path home, Map<String, String> settings) throws Exception {
        return shipped(name, home, Integer.getInteger("it.process.port"), settings);
    }

    /** The same on another port. */
    static ServerProcess shipped(String name, Path home, int port, Map<String, String> settings) throws Exception {
        Path war = Path.of("target/ergograph.war");
        String ready = "/health/started";
        return name.equals("liberty")
                ? liberty(
                        Path.of(System.getProperty("it.wlp")),
                        home,
                        port,
                        Path.of("liberty-config"),
                        war,
                        ready,
                        settings)
                : payara(Path.of(System.getProperty("it.payara.jar")), home, port, war, ready, settings);
    }

    /** Starts Payara Micro and waits until the path answers 200. */
    public static ServerProcess payara(
            Path jar, Path home, int port, Path war, String path, Map<String, String> properties) throws Exception {
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(List.of(java(), "-Xms256m", "-Xmx512m"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString(), "--noCluster", "--contextRoot", "/"));
        command.addAll(List.of("--port", Integer.toString(port)));
        if (properties.containsKey("ergograph.db.class")) {
            String libraries = drivers().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            command.addAll(List.of("--addLibs", libraries));
        } else {
            command.addAll(List.of("--systemProperties", "payara-config/ergograph.properties"));
        }
        command.addAll(List.of("--deploy", war.toAbsolutePath().toString()));
        return start(new ProcessBuilder(command), home.resolve("console.log"), port, path);
    }

    private static ServerProcess start(ProcessBuilder builder, Path log, int port, String path) throws Exception {
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process launcher = builder.start();
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers("http://127.0.0.1:" + port + path)) {
            if (System.nanoTime() - deadline > 0 || !launcher.isAlive()) {
                destroy(launcher);
                throw new IllegalStateException("the server did not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        ProcessHandle java = Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants())
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        return new ServerProcess(port, log, launcher, java);
    }

    public int port() {
        return port;
    }

    /** What the server wrote to its console. */
    public Path log() {
        return log;
    }

    public long pid() {
        return java.pid();
    }

    /** Processor time that the server has used so far, user and system. */
    public Duration cpu() {
        return java.info().totalCpuDuration().orElseThrow();
    }

    /** Ends the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws Exception {
        java.destroyForcibly();
        java.onExit().get(30, TimeUnit.SECONDS);
        launcher.waitFor();
    }

    /** Asks the process to end, and sees to it that it does. */
    @Override
    public void close() {
        java.destroy();
        try {
            if (launcher.waitFor(60, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        destroy(launcher);
    }

    private static void destroy(Process launcher) {
        launcher.descendants().forEach(ProcessHandle::destroyForcibly);
        launcher.destroyForcibly();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The database drivers of the test class path. */
    private static List<Path> drivers() {
        List<Path> drivers = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(jar -> String.valueOf(jar.getFileName()).matches("(h2|postgresql)-[0-9.]+\\.jar"))
                .toList();
        if (drivers.size() != 2) {
            throw new IllegalStateException("not the two drivers on the class path: " + drivers);
        }
        return drivers;
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

    private static void copyTree(Path from, Path to) throws IOException {
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

    /** Deletes a directory and all that is in it, if it is there. */
    static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
