package org.ergograph.outbound;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the operator keeps the credentials of upstream servers and channels. Immutable.
 *
 * @param directory holds a file for each, named like its reference; null if there is none
 * @param configured looks a reference up that has no file
 */
public record CredentialSettings(@Nullable Path directory, Function<String, Optional<String>> configured) {}
