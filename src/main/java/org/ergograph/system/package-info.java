/** Samples of the Java process and of the host or container in which it runs. */
@NullMarked
package org.ergograph.system;

import org.jspecify.annotations.NullMarked;
