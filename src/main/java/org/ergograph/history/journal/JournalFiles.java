package org.ergograph.history.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The directory in which a journal keeps its files: all that it asks of the operating system. Thread-safe. */
public interface JournalFiles {
    /** The files in a directory of the default file system, which is made when it is locked. */
    static JournalFiles in(Path directory) {
        return new DirectoryFiles(directory);
    }

    /**
     * Takes the directory for the caller alone, among all processes and all that runs in this one.
     *
     * @return gives the directory back when closed
     * @throws IOException if somebody has it, or it cannot be made or written to
     */
    Closeable lock() throws IOException;

    /** The names of all files, in any order. */
    List<String> list() throws IOException;

    /** Makes a new file, empty, to be written and read; fails if there is one of that name. */
    JournalFile create(String name) throws IOException;

    /**
     * Opens a file for reading.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    JournalFile open(String name) throws IOException;

    /** Deletes a file, if it is there. */
    void delete(String name) throws IOException;

    /** Returns when the making and deleting of files so far is on the storage device. */
    void syncDirectory() throws IOException;
}
