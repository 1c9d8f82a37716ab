/** Facts about the deployed WAR and the embeddable jar, tested on both servers. */
@NullMarked
package org.ergograph.it;

import org.jspecify.annotations.NullMarked;
