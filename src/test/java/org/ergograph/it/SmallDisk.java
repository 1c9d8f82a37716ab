package org.ergograph.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system of its own that a test fills up, where this machine lets it mount one. Not thread-safe. */
final class SmallDisk implements AutoCloseable {
    private static final int MEGABYTES = 96;

    private final Path mount;
    private final Optional<String> refusal;

    private SmallDisk(Path mount, Optional<String> refusal) {
        this.mount = mount;
        this.refusal = refusal;
    }

    /** Mounts one in memory, outside of the build's directory, which the next build could not delete otherwise. */
    static SmallDisk mount() throws IOException {
        Path mount = Files.createTempDirectory("ergograph-disk");
        SmallDisk disk = new SmallDisk(
                mount, command("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", mount.toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(disk::unmountAtLast));
        return disk;
    }

    /** Why there is none, or nothing. */
    Optional<String> refusal() {
        return refusal;
    }

    /** A new, empty directory on it. */
    Path directory() throws IOException {
        return Files.createDirectory(mount.resolve("tables"));
    }

    /** Leaves no room on it. */
    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            for (int i = 0; i < MEGABYTES * 1024; i++) {
                ballast.write(block);
            }
        } catch (IOException e) {
            // Full, as it should be; a ballast of the whole disk would have fitted on none.
            return;
        }
        throw new IllegalStateException("the disk is larger than " + MEGABYTES + " MB");
    }

    /** Makes room again. */
    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return mount.resolve("ballast");
    }

    /** The complaint of a command that fails. */
    private static Optional<String> command(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.onExit().join().exitValue() == 0 ? Optional.empty() : Optional.of(output);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(mount)) {
            if (refusal.isEmpty()) {
                command("umount", "-l", mount.toString());
            }
            Files.delete(mount);
        }
    }

    private void unmountAtLast() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
