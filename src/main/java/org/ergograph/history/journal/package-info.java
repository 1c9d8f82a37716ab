/**
 * A bounded, checksummed, append-only journal on disk: blocks of bytes with sequence numbers, read back in order until
 * they are released. The format of its files is in {@code src/site/markdown/journal-format.md}.
 */
@NullMarked
package org.ergograph.history.journal;

import org.jspecify.annotations.NullMarked;
