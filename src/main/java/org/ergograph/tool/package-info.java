/** What a tool, a resource and a prompt of the Model Context Protocol are, and the catalogue of those that are offered. */
@NullMarked
package org.ergograph.tool;

import org.jspecify.annotations.NullMarked;
