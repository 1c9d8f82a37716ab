package org.ergograph.history.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of the file system, and that it is for one journal alone. */
class JournalDirectoryTest {
    @TempDir
    Path parent;

    /** Another process: says whether it gets the lock of the directory that is its argument. */
    static final class Rival {
        private Rival() {}

        public static void main(String[] arguments) {
            try (Closeable lock = JournalFiles.in(Path.of(arguments[0])).lock()) {
                System.out.print("got " + (lock != null));
            } catch (IOException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    private static String rival(Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rival.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void otherProcessIsTurnedAwayAlsoAfterARivalInThisOneWas() throws IOException, InterruptedException {
        Path directory = parent.resolve("data").resolve("journal");
        try (Closeable lock = JournalFiles.in(directory).lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> JournalFiles.in(directory).lock())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another deployment");
            assertThat(rival(directory)).contains("is in use by another process");
        }
        assertThat(rival(directory)).isEqualTo("got true");
    }

    @Test
    void lockThatSomebodyElseInThisProcessHasIsRespected() throws IOException {
        try (FileChannel channel =
                        FileChannel.open(parent.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> JournalFiles.in(parent).lock())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        JournalFiles.in(parent).lock().close();
    }

    @Test
    void directoryThatCannotBeMadeIsToldAndNotKeptLocked() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "x");
        JournalFiles files = JournalFiles.in(file);
        assertThatThrownBy(files::lock).isInstanceOf(IOException.class);
        Files.delete(file);
        files.lock().close();
    }

    @Test
    void filesAreWrittenReadCutAndDeleted() throws IOException {
        JournalFiles files = JournalFiles.in(parent);
        try (JournalFile file = files.create("a")) {
            file.write(ByteBuffer.wrap("hello".getBytes(UTF_8)), 0);
            file.write(ByteBuffer.wrap("HE".getBytes(UTF_8)), 0);
            file.force();
            ByteBuffer read = ByteBuffer.allocate(8);
            file.read(read, 1);
            assertThat(new String(read.array(), 0, read.position(), UTF_8)).isEqualTo("Ello");
            file.truncate(3);
            assertThat(file.size()).isEqualTo(3);
        }
        files.syncDirectory();
        assertThat(files.list()).containsExactly("a");
        assertThatThrownBy(() -> files.create("a")).isInstanceOf(FileAlreadyExistsException.class);
        try (JournalFile file = files.open("a")) {
            assertThat(file.size()).isEqualTo(3);
        }
        files.delete("a");
        files.delete("a");
        assertThat(files.list()).isEmpty();
        assertThatThrownBy(() -> files.open("a")).isInstanceOf(NoSuchFileException.class);
    }
}
