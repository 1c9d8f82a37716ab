/** The Model Context Protocol over Streamable HTTP, at {@code /mcp}: both eras of it, serving the catalogue of {@code tool}. */
@NullMarked
package org.ergograph.mcp;

import org.jspecify.annotations.NullMarked;
