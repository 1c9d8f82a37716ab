package org.ergograph.system;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the totals of network and disks from what {@code proc(5)} calls {@code net/dev} and {@code diskstats}. */
final class KernelTotals {
    /** The unit of diskstats, whatever the device's own sectors are. */
    private static final long SECTOR_BYTES = 512;
    /** Devices made of memory or of other devices, which are counted already. */
    private static final Pattern STACKED = Pattern.compile("(loop|ram|zram|dm-|md|drbd|nbd|fd|sr)\\d.*");

    private static final Pattern PARTITION = Pattern.compile("(.*\\D)\\d+|(.*\\d)p\\d+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private KernelTotals() {}

    /** @param lines of {@code /proc/net/dev} */
    static Optional<Transfer> network(List<String> lines) {
        long in = 0;
        long out = 0;
        boolean any = false;
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
                continue;
            }
            String[] columns = SPACES.split(line.substring(colon + 1).strip(), -1);
            if (columns.length >= 9) {
                in += Math.max(0, ProcFile.number(columns[0]));
                out += Math.max(0, ProcFile.number(columns[8]));
                any = true;
            }
        }
        return any ? Optional.of(new Transfer(in, out)) : Optional.empty();
    }

    /** @param lines of {@code /proc/diskstats} */
    static Optional<Transfer> disks(List<String> lines) {
        List<String[]> devices = lines.stream()
                .map(line -> SPACES.split(line.strip(), -1))
                .filter(columns -> columns.length >= 10)
                .toList();
        Set<String> names = new HashSet<>();
        devices.forEach(columns -> names.add(columns[2]));
        long in = 0;
        long out = 0;
        boolean any = false;
        for (String[] columns : devices) {
            if (isWhole(columns[2], names)) {
                in += Math.max(0, ProcFile.number(columns[5])) * SECTOR_BYTES;
                out += Math.max(0, ProcFile.number(columns[9])) * SECTOR_BYTES;
                any = true;
            }
        }
        return any ? Optional.of(new Transfer(in, out)) : Optional.empty();
    }

    /** A partition is known by its device being there too; some virtual machines have a partition and no device. */
    private static boolean isWhole(String name, Set<String> names) {
        if (STACKED.matcher(name).matches()) {
            return false;
        }
        var partition = PARTITION.matcher(name);
        if (!partition.matches()) {
            return true;
        }
        String device = partition.group(1) == null ? partition.group(2) : partition.group(1);
        String other = device.endsWith("p") ? device.substring(0, device.length() - 1) : device;
        return !names.contains(device) && !names.contains(other);
    }
}
