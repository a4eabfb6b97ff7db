//! Timelines drawn with characters and as SVG.

use std::fmt::Display;
use std::io::{self, Write};

use plotters::coord::ranged1d::SegmentValue;
use plotters::prelude::*;

/// A row of bars.
pub(crate) struct Series {
    pub(crate) title: String,
    /// Label, height, and the number as it is written.
    pub(crate) bars: Vec<(String, f64, String)>,
}

/// The longest bar, in characters.
const WIDTH: f64 = 50.0;

/// A bar a line. Eighths of a character tell small differences apart.
pub(crate) fn draw(out: &mut impl Write, series: &Series) -> io::Result<()> {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let greatest = series.bars.iter().map(|(_, height, _)| *height).fold(0.0, f64::max);
    for (label, height, number) in &series.bars {
        let eighths = if greatest > 0.0 { (height.max(0.0) / greatest * WIDTH * 8.0).round() as usize } else { 0 };
        // Something is never drawn as nothing.
        let eighths = if *height > 0.0 { eighths.max(1) } else { eighths };
        let bar = "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
        let bar = if bar.is_empty() { bar } else { bar + " " };
        writeln!(out, "{label}  {bar}{number}")?;
    }
    Ok(())
}

/// Size of one chart, in pixels.
const SIZE: (u32, u32) = (960, 360);
/// Labels that fit below one chart.
const LABELS: usize = 12;

/// Charts one below the other.
///
/// With the SVG backend alone, which needs no fonts and no library of the system: whoever shows the file chooses a font
/// that has the letters.
pub(crate) fn svg(series: &[Series]) -> Result<String, Box<dyn std::error::Error>> {
    let mut text = String::new();
    {
        let height = SIZE.1 * u32::try_from(series.len().max(1))?;
        let root = SVGBackend::with_string(&mut text, (SIZE.0, height)).into_drawing_area();
        root.fill(&WHITE)?;
        for (area, series) in root.split_evenly((series.len().max(1), 1)).iter().zip(series) {
            draw_chart(area, series)?;
        }
        root.present()?;
    }
    Ok(text)
}

fn draw_chart<B>(
    area: &DrawingArea<B, plotters::coord::Shift>,
    series: &Series,
) -> Result<(), Box<dyn std::error::Error>>
where
    B: DrawingBackend,
    B::ErrorType: 'static,
{
    let heights = || series.bars.iter().map(|(_, height, _)| *height).filter(|height| height.is_finite());
    let (low, high) = (heights().fold(0.0, f64::min), heights().fold(0.0, f64::max));
    let high = if high > low { high + (high - low) * 0.05 } else { low + 1.0 };
    // The axis needs one place at least.
    let places = series.bars.len().max(1);
    let mut chart = ChartBuilder::on(area)
        .caption(&series.title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(90)
        .build_cartesian_2d((0..places - 1).into_segmented(), low..high)?;
    let label = |place: &SegmentValue<usize>| match place {
        SegmentValue::CenterOf(at) => series.bars.get(*at).map_or(String::new(), |(label, ..)| label.clone()),
        _ => String::new(),
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .max_light_lines(1)
        .x_labels(LABELS.min(places))
        .x_label_formatter(&label)
        .y_label_formatter(&|height| grouped(*height))
        .label_style(("sans-serif", 12))
        .draw()?;
    let bars = series.bars.iter().enumerate().filter(|(_, (_, height, _))| height.is_finite() && *height != 0.0);
    chart.draw_series(bars.map(|(at, (_, height, _))| {
        let mut bar = Rectangle::new(
            [(SegmentValue::Exact(at), 0.0), (SegmentValue::Exact(at + 1), *height)],
            BLUE.mix(0.6).filled(),
        );
        bar.set_margin(0, 0, 1, 1);
        bar
    }))?;
    Ok(())
}

/// A number as Vietnamese writes it: `1.500`, `0,5`.
fn grouped(number: impl Display) -> String {
    let text = number.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let rest = if rest.is_empty() { String::new() } else { format!(",{rest}") };
    format!("{sign}{grouped}{rest}")
}
