package org.ergograph.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files in which a Linux kernel tells figures. */
final class ProcFile {
    private ProcFile() {}

    /** The file's lines; none if there is no such file or it may not be read, which is how other platforms say so. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The whole number, or -1 if it is none. */
    static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
