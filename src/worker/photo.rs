//! Makes a phone's picture ready to keep: upright, small, JPEG, with nothing else in it.
//!
//! Browsers decode; we never parse pixels ourselves. The one thing read from the file is the
//! day it was taken, before the re-encoding ends all metadata.

use hearth_core::messages::Failure;
use hearth_core::photo::{LONGEST_SIDE, PreparedPhoto, THUMBNAIL_SIDE, exif, fit_within};
use js_sys::{ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// EXIF lies in the first segments; thumbnails inside it fit as well.
const HEADER_BYTES: f64 = 262_144.0;
const QUALITY: f64 = 0.8;
const JPEG: &str = "image/jpeg";

#[wasm_bindgen]
extern "C" {
    // web-sys knows no `from-image`, which older engines do not take as their default.
    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    fn create_image_bitmap(file: &Blob, options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, method, structural, js_name = convertToBlob)]
    fn convert_to_blob(this: &Encoder, options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(extends = OffscreenCanvas)]
    type Encoder;
}

pub(crate) async fn prepare(file: &File) -> Result<PreparedPhoto, Failure> {
    if file.type_().starts_with("video/") {
        return Err(Failure::Video);
    }
    prepare_picture(file)
        .await
        .map_err(|error| Failure::UnreadablePhoto(words_of(&error)))
}

async fn prepare_picture(file: &File) -> Result<PreparedPhoto, JsValue> {
    let header =
        bytes_of(&file.slice_with_f64_and_f64(0.0, HEADER_BYTES.min(file.size()))?).await?;
    let taken = exif::taken_on(&header);
    let upright = options(&[("imageOrientation", "from-image".into())])?;
    let decoded: ImageBitmap = JsFuture::from(create_image_bitmap(file, &upright)?)
        .await?
        .dyn_into()?;
    let (width, height) = fit_within(decoded.width(), decoded.height(), LONGEST_SIDE);
    let photo = draw(width, height, |canvas, width, height| {
        canvas.draw_image_with_image_bitmap_and_dw_and_dh(&decoded, 0.0, 0.0, width, height)
    })?;
    // A decoded 12-megapixel picture is 48 MB: it goes before the next step.
    decoded.close();
    let (thumb_width, thumb_height) = fit_within(width, height, THUMBNAIL_SIDE);
    let thumbnail = draw(thumb_width, thumb_height, |canvas, width, height| {
        canvas.draw_image_with_offscreen_canvas_and_dw_and_dh(&photo, 0.0, 0.0, width, height)
    })?;
    Ok(PreparedPhoto {
        jpeg: encode(photo).await?,
        thumbnail: encode(thumbnail).await?,
        width,
        height,
        taken,
    })
}

fn draw(
    width: u32,
    height: u32,
    paint: impl FnOnce(&OffscreenCanvasRenderingContext2d, f64, f64) -> Result<(), JsValue>,
) -> Result<OffscreenCanvas, JsValue> {
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or("no canvas")?;
    let context: OffscreenCanvasRenderingContext2d = context.dyn_into()?;
    // JPEG has no transparency: what was see-through becomes paper, not black.
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, width.into(), height.into());
    // Not in web-sys; engines without it scale as they always do.
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    paint(&context, width.into(), height.into())?;
    Ok(canvas)
}

async fn encode(canvas: OffscreenCanvas) -> Result<Vec<u8>, JsValue> {
    let canvas: Encoder = canvas.unchecked_into();
    let wish = options(&[("type", JPEG.into()), ("quality", QUALITY.into())])?;
    let blob: Blob = JsFuture::from(canvas.convert_to_blob(&wish)?)
        .await?
        .dyn_into()?;
    // Some engines answer a wish they cannot fulfil with PNG.
    if blob.type_() != JPEG {
        return Err(format!("this browser made {} of it", blob.type_()).into());
    }
    bytes_of(&blob).await
}

async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.dyn_into()?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn options(entries: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

fn words_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_default()
}
