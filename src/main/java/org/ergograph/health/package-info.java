/** Whether the application and what it depends on are well: scheduled checks, the detailed report, and the probes of MicroProfile Health. */
@NullMarked
package org.ergograph.health;

import org.jspecify.annotations.NullMarked;
