package org.ergograph.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes the applications that the benchmarks deploy. */
final class Wars {
    private Wars() {}

    /** A WAR with the benchmark's classes added to what another WAR holds. */
    static Path added(Path file, Path base, Path classes, String... added) throws IOException {
        Files.deleteIfExists(file);
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream out = new ZipOutputStream(stream)) {
            try (ZipFile zip = new ZipFile(base.toFile())) {
                for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    zip.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
            write(out, classes, added);
        }
        return file;
    }

    /**
     * A WAR with the benchmark's classes alone.
     *
     * @param atRoot whether it answers at {@code /}; else at its file's name
     */
    static Path bare(Path file, boolean atRoot, Path classes, String... added) throws IOException {
        Files.deleteIfExists(file);
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream out = new ZipOutputStream(stream)) {
            if (atRoot) {
                out.putNextEntry(new ZipEntry("WEB-INF/ibm-web-ext.xml"));
                Files.copy(Path.of("src/main/webapp/WEB-INF/ibm-web-ext.xml"), out);
                out.closeEntry();
            }
            write(out, classes, added);
        }
        return file;
    }

    private static void write(ZipOutputStream out, Path classes, String... added) throws IOException {
        for (String name : added) {
            String path = "org/ergograph/bench/app/" + name + ".class";
            out.putNextEntry(new ZipEntry("WEB-INF/classes/" + path));
            Files.copy(classes.resolve(path), out);
            out.closeEntry();
        }
    }
}
